// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.door;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;

/**
 * Puts a closed loop of small requests on a server: as many at once as the plan says, the next one
 * when one is answered. One thread; counts may be read from any.
 */
final class RequestLoad implements AutoCloseable {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final Duration STOP_WITHIN = Duration.ofSeconds(8);
  private static final long SWEEP_MS = 250;
  private static final long RETRY_MS = 100;
  private static final long POLL_MS = 5;
  private static final long HIGHEST_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final int SCRATCH_BYTES = 4096;
  private static final byte[] REQUEST =
      "GET /v1.0/alive HTTP/1.1\r\nHost: bench\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final LoadPlan plan;
  private final MultiThreadIoEventLoopGroup group;
  private final IoEventLoop loop;
  private final ByteBuf request = Unpooled.directBuffer(REQUEST.length).writeBytes(REQUEST);
  private final ByteBuf scratch = Unpooled.directBuffer(SCRATCH_BYTES, SCRATCH_BYTES);
  private final SingleWriterRecorder latency = new SingleWriterRecorder(HIGHEST_NANOS, 3);
  private final List<Optional<RequestSocket>> places = new ArrayList<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private final LongAdder sent = new LongAdder();
  private final LongAdder answered = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private boolean stopping;
  private long nextSource;

  /** Makes the load; {@link #start} puts it on. */
  RequestLoad(LoadPlan plan) {
    this.plan = plan;
    group =
        new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("load", true), EpollIoHandler.newFactory());
    loop = group.next();
  }

  /** Begins. */
  void start() {
    loop.execute(
        () -> {
          for (int place = 0; place < plan.concurrency(); place++) {
            places.add(Optional.empty());
            open(place);
          }
          sweepLater();
        });
  }

  /** What happened so far; a little behind while it goes on. */
  LoadCounts counts() {
    return new LoadCounts(sent.sum(), answered.sum(), failed.sum(), System.nanoTime());
  }

  /** How long answered requests took since the last call, in nanoseconds. One caller. */
  Histogram latency() {
    return latency.getIntervalHistogram();
  }

  /** Lets what is on its way be answered, sends nothing more, and returns the counts of it all. */
  LoadCounts stop() throws InterruptedException {
    loop.execute(() -> stopping = true);
    long end = System.nanoTime() + STOP_WITHIN.toNanos();
    while (waiting.get() > 0 && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(POLL_MS);
    }
    return counts();
  }

  @Override
  public void close() {
    group
        .shutdownGracefully(0, STOP_WITHIN.toMillis(), TimeUnit.MILLISECONDS)
        .awaitUninterruptibly(STOP_WITHIN.toMillis());
    request.release();
    scratch.release();
  }

  InetSocketAddress server() {
    return plan.server();
  }

  ByteBuf request() {
    return request;
  }

  /** Where answers are read into; good until the next one. */
  ByteBuf scratch() {
    return scratch;
  }

  long now() {
    return System.nanoTime();
  }

  void answered(RequestSocket socket) {
    latency.recordValue(Math.min(HIGHEST_NANOS, now() - socket.sentAtNanos()));
    answered.increment();
    if (plan.kept() && !stopping) {
      sent.increment();
      socket.again();
      return;
    }
    leave(socket);
    if (!stopping) {
      open(socket.place());
    }
  }

  void failed(RequestSocket socket) {
    failed.increment();
    leave(socket);
    openLater(socket.place());
  }

  /** A descriptor that could not be closed is lost, and so is trust in the numbers. */
  void failedToClose() {
    failed.increment();
  }

  private void open(int place) {
    sent.increment();
    var source = new InetSocketAddress(plan.sources().address(nextSource++), 0);
    try {
      RequestSocket socket = RequestSocket.open(this, place, source, plan.reset());
      waiting.incrementAndGet();
      places.set(place, Optional.of(socket));
      loop.register(socket).addListener((Future<IoRegistration> done) -> watch(socket, done));
    } catch (IOException e) {
      failed.increment();
      openLater(place);
    }
  }

  private void watch(RequestSocket socket, Future<IoRegistration> done) {
    if (done.isSuccess()) {
      socket.registered(done.getNow());
    } else {
      failed(socket);
    }
  }

  private void leave(RequestSocket socket) {
    socket.close();
    places.set(socket.place(), Optional.empty());
    waiting.decrementAndGet();
  }

  @SuppressWarnings("FutureReturnValueIgnored") // open counts what fails
  private void openLater(int place) {
    loop.schedule(
        () -> {
          if (!stopping) {
            open(place);
          }
        },
        RETRY_MS,
        TimeUnit.MILLISECONDS);
  }

  @SuppressWarnings("FutureReturnValueIgnored") // ends with the loop
  private void sweepLater() {
    loop.schedule(
        () -> {
          long now = now();
          List.copyOf(places).stream()
              .flatMap(Optional::stream)
              .filter(socket -> now - socket.sentAtNanos() > PATIENCE_NANOS)
              .forEach(this::failed);
          sweepLater();
        },
        SWEEP_MS,
        TimeUnit.MILLISECONDS);
  }
}
