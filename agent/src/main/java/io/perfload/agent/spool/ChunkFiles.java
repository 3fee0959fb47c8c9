// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.spool;

import io.perfload.common.bytes.Fault;
import io.perfload.common.bytes.Malformed;
import io.perfload.common.chunk.PackedChunk;
import io.perfload.common.model.HostId;
import java.io.IOException;
import java.nio.ByteBuffer;

/** The files of sealed chunks. Any thread. */
final class ChunkFiles {
  private final Disk disk;
  private final HostId host;

  ChunkFiles(Disk disk, HostId host) {
    this.disk = disk;
    this.host = host;
  }

  void write(SealedChunk chunk, PackedChunk packed) throws IOException {
    disk.replace(chunk.fileName(), ByteBuffer.wrap(packed.bytes()), true);
  }

  /**
   * Reads a chunk whole.
   *
   * @throws Malformed when it is not the chunk that its file is named after; with {@code ORDER}
   *     when it is of another host
   */
  PackedChunk read(SealedChunk chunk) throws IOException, Malformed {
    if (chunk.bytes() > SealedChunk.MAX_BYTES) {
      throw new Malformed(Fault.LENGTH, "a chunk of " + chunk.bytes() + " bytes");
    }
    PackedChunk packed = PackedChunk.of(disk.read(chunk.fileName()));
    if (!packed.id().host().equals(host)) {
      throw new Malformed(Fault.ORDER, "a chunk of another host");
    }
    if (packed.id().startMs() != chunk.startMs() || !packed.set().equals(chunk.set())) {
      throw new Malformed(Fault.VALUE, "a chunk that is not the one its file is named after");
    }
    return packed;
  }
}
