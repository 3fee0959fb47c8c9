// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.attack;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Keeps a crowd of bad peers at a door: who is ended comes again, from another address. One thread,
 * named {@code attack}; counts may be read from any.
 */
final class Attack implements AutoCloseable {
  private static final Duration STOP_WITHIN = Duration.ofSeconds(10);
  private static final int CONNECT_TIMEOUT_MS = 10_000;
  private static final int COME_PER_SECOND = 5_000;
  private static final int AGAIN_AFTER_MS = 1_000;
  private static final int RESET_ROUND_MS = 10_000;
  private static final int RESETS_AT_ONCE = 200;
  private static final long POLL_MS = 50;

  private final InetSocketAddress server;
  private final AttackPlan.Crowd crowd;
  private final AttackTally tally = new AttackTally();
  private final MultiThreadIoEventLoopGroup group;
  private final EventLoop loop;
  private long nextSource;
  private int resetsLeft;
  private int resetting;
  private boolean over;

  Attack(InetSocketAddress server, AttackPlan.Crowd crowd) {
    this.server = server;
    this.crowd = crowd;
    group =
        new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("attack", true), EpollIoHandler.newFactory());
    loop = group.next();
  }

  /** Lets them loose. */
  @SuppressWarnings("FutureReturnValueIgnored") // ends with the loop
  void start() {
    for (int i = 0; i < crowd.slow(); i++) {
      int number = i;
      later(() -> slow(number), i * 1000L / COME_PER_SECOND);
    }
    for (int i = 0; i < crowd.oversize(); i++) {
      int number = i;
      later(() -> oversize(number), i * 1000L / COME_PER_SECOND);
    }
    loop.scheduleAtFixedRate(this::resets, 0, RESET_ROUND_MS, TimeUnit.MILLISECONDS);
  }

  AttackTally tally() {
    return tally;
  }

  /**
   * Nobody comes any more; those who are there go on until the server ends them.
   *
   * @return how many it had not ended in time
   */
  long awaitEnd(Duration within) throws InterruptedException {
    loop.execute(() -> over = true);
    long end = System.nanoTime() + within.toNanos();
    while (tally.open() > 0 && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(POLL_MS);
    }
    return tally.open();
  }

  @Override
  public void close() {
    loop.execute(() -> over = true);
    group
        .shutdownGracefully(0, STOP_WITHIN.toMillis(), TimeUnit.MILLISECONDS)
        .awaitUninterruptibly(STOP_WITHIN.toMillis());
  }

  private void slow(int number) {
    Slow.Kind kind = Slow.KINDS.get(number % Slow.KINDS.size());
    come(() -> new Slow(tally, kind, () -> again(() -> slow(number))));
  }

  private void oversize(int number) {
    Oversize.Kind kind = Oversize.KINDS.get(number % Oversize.KINDS.size());
    come(() -> new Oversize(tally, kind, () -> again(() -> oversize(number))));
  }

  private void again(Runnable peer) {
    later(peer, AGAIN_AFTER_MS);
  }

  @SuppressWarnings("FutureReturnValueIgnored") // ends with the loop
  private void later(Runnable peer, long delayMs) {
    if (!loop.isShuttingDown()) {
      loop.schedule(peer, delayMs, TimeUnit.MILLISECONDS);
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the listener hears how it went
  private void come(Supplier<ChannelHandler> peer) {
    if (over) {
      return;
    }
    Channel channel = channel();
    channel.pipeline().addLast(peer.get());
    loop.register(channel);
    channel.connect(server, source());
  }

  private void resets() {
    resetsLeft = over ? 0 : crowd.resets();
    while (resetting < RESETS_AT_ONCE && resetsLeft > 0) {
      reset();
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // nothing follows from how a registration went
  private void reset() {
    resetsLeft--;
    resetting++;
    Channel channel = channel();
    loop.register(channel);
    channel
        .connect(server, source())
        .addListener(
            made -> {
              if (made.isSuccess()) {
                tally.resets.increment();
              } else {
                tally.refused.increment();
              }
              channel.close().addListener(gone -> resetNext());
            });
  }

  private void resetNext() {
    resetting--;
    if (resetsLeft > 0 && !over) {
      reset();
    }
  }

  private Channel channel() {
    var channel = new EpollSocketChannel();
    channel.config().setConnectTimeoutMillis(CONNECT_TIMEOUT_MS);
    channel.config().setIpBindAddressNoPort(true);
    channel.config().setOption(ChannelOption.SO_LINGER, 0);
    return channel;
  }

  private InetSocketAddress source() {
    return new InetSocketAddress(crowd.sources().address(nextSource++), 0);
  }
}
