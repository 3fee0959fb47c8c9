// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.mongo;

import io.perfload.common.chunk.ChunkId;
import io.perfload.common.model.HostId;
import io.perfload.common.model.SetHash;
import java.nio.ByteBuffer;
import org.bson.types.Binary;

/** Our ids as the {@code _id} of documents. */
final class Ids {
  private Ids() {}

  static Binary of(ChunkId id) {
    return new Binary(id.toBytes());
  }

  static Binary of(SetHash hash) {
    return new Binary(
        ByteBuffer.allocate(SetHash.BYTES).putLong(hash.high()).putLong(hash.low()).array());
  }

  static String of(HostId host) {
    return host.toString();
  }

  static SetHash setHash(Binary id) {
    ByteBuffer bytes = ByteBuffer.wrap(id.getData());
    return new SetHash(bytes.getLong(), bytes.getLong());
  }
}
