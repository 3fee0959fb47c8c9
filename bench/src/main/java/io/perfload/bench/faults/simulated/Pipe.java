// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.faults.simulated;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/**
 * One direction of a connection: bytes on their way, in order, in pieces that chance cuts. One
 * thread.
 */
final class Pipe {
  private static final int CAPACITY = 64 << 10;

  private final World world;
  private final Road road;
  private final ArrayDeque<Piece> pieces = new ArrayDeque<>();
  private int waiting;
  private long lastArrivalNanos;
  private long stalledUntilNanos = Long.MIN_VALUE;
  private boolean ended;
  private boolean readerGone;
  private Runnable readable = () -> {};
  private Runnable writable = () -> {};
  private boolean wantsRoom;

  Pipe(World world, Road road) {
    this.world = world;
    this.road = road;
  }

  /** What happens when something arrived, or the end. */
  void onReadable(Runnable callback) {
    readable = callback;
  }

  /** What happens when there is room again. */
  void onWritable(Runnable callback) {
    writable = callback;
  }

  /** Takes as many of {@code bytes} as there is room for. */
  int write(ByteBuffer bytes) {
    int count = Math.min(bytes.remaining(), Math.min(CAPACITY - waiting, road.mostAtOnce(world)));
    if (count < bytes.remaining()) {
      wantsRoom = true;
    }
    if (count <= 0) {
      return 0;
    }
    byte[] copy = new byte[count];
    bytes.get(copy);
    waiting += count;
    send(new Piece(copy, arrival(count)));
    if (wantsRoom && waiting < CAPACITY) {
      world.time.after(Timeline.MS, this::roomAgain);
    }
    return count;
  }

  /** No more will be written. */
  void end() {
    if (!ended) {
      ended = true;
      send(new Piece(new byte[0], arrival(0)));
    }
  }

  /** Reads what has arrived: 0 if nothing, -1 at the end. */
  int read(ByteBuffer into) {
    Piece first = pieces.peek();
    if (first == null || !hasArrived(first)) {
      return 0;
    }
    if (first.bytes.length == 0) {
      return -1;
    }
    int count =
        Math.min(into.remaining(), Math.min(first.bytes.length - first.at, road.mostAtOnce(world)));
    into.put(first.bytes, first.at, count);
    first.at += count;
    waiting -= count;
    if (first.at == first.bytes.length) {
      pieces.remove();
    }
    if (wantsRoom && count > 0) {
      world.time.after(0, this::roomAgain);
    }
    return count;
  }

  boolean hasArrived() {
    Piece first = pieces.peek();
    return first != null && hasArrived(first);
  }

  /** Nothing arrives before that. */
  void stallUntil(long nanos) {
    stalledUntilNanos = Math.max(stalledUntilNanos, nanos);
    world.time.after(stalledUntilNanos - world.time.nanos(), this::arrived);
  }

  /** What is under way is lost, and nobody hears of it. */
  void drop() {
    pieces.clear();
    readerGone = true;
  }

  private void send(Piece piece) {
    if (!readerGone) {
      pieces.add(piece);
      world.time.after(piece.atNanos - world.time.nanos(), this::arrived);
    }
  }

  private long arrival(int bytes) {
    long at = world.time.nanos() + road.delayNanos(world, bytes);
    lastArrivalNanos = Math.max(lastArrivalNanos, Math.max(at, stalledUntilNanos));
    return lastArrivalNanos;
  }

  private boolean hasArrived(Piece piece) {
    long now = world.time.nanos();
    return piece.atNanos <= now && stalledUntilNanos <= now;
  }

  private void arrived() {
    if (hasArrived()) {
      readable.run();
    }
  }

  private void roomAgain() {
    if (wantsRoom && waiting < CAPACITY) {
      wantsRoom = false;
      writable.run();
    }
  }

  private static final class Piece {
    private final byte[] bytes;
    private final long atNanos;
    private int at;

    Piece(byte[] bytes, long atNanos) {
      this.bytes = bytes;
      this.atNanos = atNanos;
    }
  }
}
