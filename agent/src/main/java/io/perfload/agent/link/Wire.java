// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.link;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/** A connection to a worker, made or in the making; nothing here waits. Confined to one thread. */
public interface Wire extends ReadableByteChannel {
  /**
   * Whether it is made; to be asked until it is.
   *
   * @throws IOException if it cannot be made
   */
  boolean isConnected() throws IOException;

  /** Sends what can be sent now of {@code bytes}; the rest remains. */
  void write(ByteBuffer bytes) throws IOException;

  /** Whether to be woken when more can be sent. */
  void wantToWrite(boolean wanted);

  /** Sends no more; what comes can still be read. */
  void shutdownOutput() throws IOException;
}
