// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.common.chunk;

import static java.util.Objects.requireNonNull;

import io.perfload.common.model.HostId;
import java.nio.ByteBuffer;

/**
 * Which chunk: everything that stores or seeks one can work the id out.
 *
 * @param startMs Unix time of the first place, a multiple of the tier's span
 */
public record ChunkId(HostId host, Tier tier, long startMs) {
  public static final int BYTES = HostId.BYTES + 1 + 8;

  public ChunkId {
    requireNonNull(host, "host");
    if (startMs < 0 || startMs % tier.spanMs() != 0) {
      throw new IllegalArgumentException(
          "startMs: " + startMs + " (expected: a multiple of " + tier.spanMs() + ")");
    }
  }

  /** Host, tier, start, big-endian: ids of one host and tier sort by time. */
  public byte[] toBytes() {
    return ByteBuffer.allocate(BYTES)
        .putLong(host.high())
        .putLong(host.low())
        .put((byte) tier.code())
        .putLong(startMs)
        .array();
  }
}
