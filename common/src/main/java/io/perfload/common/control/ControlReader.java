// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.common.control;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Puts frames together from whatever pieces they arrive in; holds one frame at most. Confined to
 * one thread.
 */
public final class ControlReader<T> {
  private final Function<ByteBuffer, Optional<T>> decoder;
  private final ByteBuffer kept = ByteBuffer.allocate(ControlCodec.MAX_FRAME);

  private ControlReader(Function<ByteBuffer, Optional<T>> decoder) {
    this.decoder = decoder;
  }

  /** Returns a reader for the master's side. */
  public static ControlReader<FromWorker> ofWorker() {
    return new ControlReader<>(ControlCodec::decodeFromWorker);
  }

  /** Returns a reader for the worker's side. */
  public static ControlReader<FromMaster> ofMaster() {
    return new ControlReader<>(ControlCodec::decodeFromMaster);
  }

  /**
   * Reads all of {@code piece} and passes every message that it completes to {@code to}.
   *
   * @throws BadControlFrame if it holds something else; nothing more is to be read then
   */
  public void read(ByteBuffer piece, Consumer<? super T> to) {
    while (piece.hasRemaining()) {
      int length = Math.min(piece.remaining(), kept.remaining());
      kept.put(piece.slice(piece.position(), length));
      piece.position(piece.position() + length);
      kept.flip();
      passOn(to);
      kept.compact();
    }
  }

  private void passOn(Consumer<? super T> to) {
    Optional<T> message = decoder.apply(kept);
    while (message.isPresent()) {
      to.accept(message.get());
      message = decoder.apply(kept);
    }
  }
}
