// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.faults.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.SocketChannel;
import java.util.ArrayDeque;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One direction of a connection: what is read waits in a queue and leaves it as the weather allows.
 * The queue ends reading when it holds {@value #MOST} bytes. Confined to the event loop of both
 * channels.
 */
@SuppressWarnings("FutureReturnValueIgnored") // how writes went shows on the channels
final class Leg extends ChannelInboundHandlerAdapter {
  private static final int MOST = 256 << 10;
  private static final int BYTES_A_PAUSE = 64;

  private final FaultProxy proxy;
  private final ProxyConnection connection;
  private final SocketChannel from;
  private final SocketChannel to;
  private final Consumer<ByteBuf> tap;
  private final long number;
  private final ArrayDeque<Piece> pieces = new ArrayDeque<>();
  private int waiting;
  private boolean finished;
  private boolean told;
  private boolean swallowing;
  private boolean pausing;
  private Weather drawnFor = Weather.CALM;
  private int drawn;

  /** {@code number} is part of what it draws. */
  Leg(
      FaultProxy proxy,
      ProxyConnection connection,
      SocketChannel from,
      SocketChannel to,
      Consumer<ByteBuf> tap,
      long number) {
    this.proxy = proxy;
    this.connection = connection;
    this.from = from;
    this.to = to;
    this.tap = tap;
    this.number = number;
  }

  /** Whether all was passed on that will be. */
  boolean isOver() {
    return told;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    tap.accept(bytes);
    if (swallowing) {
      bytes.release();
      return;
    }
    pieces.add(new Piece(bytes, System.nanoTime()));
    waiting += bytes.readableBytes();
    if (proxy.weather().kind() == Weather.Kind.PARTITION) {
      proxy.counts().disturbed.increment();
    }
    pump();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      finish();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    finish();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    from.close();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    connection.proceed();
    context.fireChannelWritabilityChanged();
  }

  /** Passes on what may be passed on now. */
  void pump() {
    while (!pausing && !pieces.isEmpty() && to.isWritable() && isPassing()) {
      // each round passes on a piece or a part of one
    }
    read(waiting < MOST);
    tellEnd();
  }

  private void finish() {
    finished = true;
    pump();
  }

  /** False when nothing more goes now. */
  private boolean isPassing() {
    Weather weather = proxy.weather();
    return switch (weather.kind()) {
      case CALM -> pass(pieces.element().bytes.readableBytes());
      case DELAY -> passDelayed(weather);
      case TRICKLE -> passAlone(weather);
      case CUT, HALF_CLOSE, RESET -> passSome(weather);
      case PARTITION -> false;
    };
  }

  private boolean passDelayed(Weather weather) {
    draw(weather);
    long due = pieces.element().readNanos + TimeUnit.MILLISECONDS.toNanos(drawn);
    long left = due - System.nanoTime();
    if (left > 0) {
      pause(left);
      return false;
    }
    proxy.counts().disturbed.increment();
    drawnFor = Weather.CALM;
    return pass(pieces.element().bytes.readableBytes());
  }

  private boolean passAlone(Weather weather) {
    if (drawnFor != weather) {
      draw(weather);
      drawn = 0;
    }
    proxy.counts().disturbed.increment();
    pass(1);
    if (++drawn % BYTES_A_PAUSE == 0) {
      pause(TimeUnit.MILLISECONDS.toNanos(weather.amount()));
      return false;
    }
    return true;
  }

  private boolean passSome(Weather weather) {
    draw(weather);
    int bytes = Math.min(drawn, pieces.element().bytes.readableBytes());
    drawn -= bytes;
    pass(bytes);
    if (drawn > 0) {
      return true;
    }
    proxy.counts().disturbed.increment();
    switch (weather.kind()) {
      case RESET -> connection.reset();
      case CUT -> connection.close();
      default -> swallow();
    }
    drop();
    return false;
  }

  private void swallow() {
    swallowing = true;
    to.shutdownOutput();
  }

  private boolean pass(int bytes) {
    Piece piece = pieces.element();
    ByteBuf out = piece.bytes.readRetainedSlice(bytes);
    waiting -= bytes;
    if (!piece.bytes.isReadable()) {
      pieces.remove().bytes.release();
    }
    proxy.counts().bytes.add(bytes);
    to.writeAndFlush(out);
    return true;
  }

  /** Once for each weather; a delay also for each piece. */
  private void draw(Weather weather) {
    if (drawnFor != weather) {
      drawnFor = weather;
      long place = number * 0x9E3779B97F4A7C15L + proxy.counts().bytes();
      drawn = new SplittableRandom(weather.seed() + place).nextInt(1, weather.amount() + 1);
    }
  }

  private void pause(long nanos) {
    pausing = true;
    from.eventLoop()
        .schedule(
            () -> {
              pausing = false;
              pump();
            },
            nanos,
            TimeUnit.NANOSECONDS);
  }

  private void tellEnd() {
    if (finished && pieces.isEmpty() && !told && isTelling()) {
      told = true;
      if (!swallowing && to.isActive()) {
        to.shutdownOutput();
      }
      connection.legEnded();
    }
    if (finished && pieces.isEmpty() && isTelling() && !from.isOpen()) {
      connection.close(); // a side that is gone altogether takes the other with it
    }
  }

  private boolean isTelling() {
    return proxy.weather().kind() != Weather.Kind.PARTITION;
  }

  /** Forgets what waits. */
  void drop() {
    pieces.forEach(piece -> piece.bytes.release());
    pieces.clear();
    waiting = 0;
  }

  private void read(boolean wanted) {
    if (from.isOpen() && from.config().isAutoRead() != wanted) {
      from.config().setAutoRead(wanted);
    }
  }

  /** Bytes as they came. */
  private record Piece(ByteBuf bytes, long readNanos) {}
}
