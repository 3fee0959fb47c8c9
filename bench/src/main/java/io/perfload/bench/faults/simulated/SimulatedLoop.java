// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.faults.simulated;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoRegistration;
import io.netty.channel.ManualIoEventLoop;
import io.netty.util.concurrent.Ticker;
import java.util.concurrent.TimeUnit;

/** An event loop that does what is due when it is told to, on virtual time. One thread. */
final class SimulatedLoop extends ManualIoEventLoop {
  SimulatedLoop(Timeline time) {
    super(null, Thread.currentThread(), executor -> new NoIo(), new VirtualTicker(time));
  }

  /** Does all that is due now. */
  void proceed() {
    while (runNow() > 0) {}
  }

  /** When the next timer is due; negative if none is. */
  long nextNanos() {
    return nextScheduledTaskDeadlineNanos();
  }

  private record VirtualTicker(Timeline time) implements Ticker {
    @Override
    public long initialNanoTime() {
      return 0;
    }

    @Override
    public long nanoTime() {
      return time.nanos();
    }

    @Override
    public void sleep(long delay, TimeUnit unit) {
      throw new UnsupportedOperationException("nobody sleeps on virtual time");
    }
  }

  /** Channels tell the loop themselves. */
  private static final class NoIo implements IoHandler {
    @Override
    public int run(IoHandlerContext context) {
      return 0;
    }

    @Override
    public IoRegistration register(IoHandle handle) {
      throw new UnsupportedOperationException("no channel here needs it");
    }

    @Override
    public void wakeup() {}

    @Override
    public boolean isCompatible(Class<? extends IoHandle> handleType) {
      return false;
    }
  }
}
