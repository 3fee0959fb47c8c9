// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.standalone.store;

import static org.assertj.core.api.Assertions.assertThat;

import de.bwaldvogel.mongo.bson.BinData;
import de.bwaldvogel.mongo.bson.Document;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import org.h2.mvstore.WriteBuffer;
import org.junit.jupiter.api.Test;

class StoredDocumentTest {
  @Test
  void documentsAreReadAsTheyWereWrittenOneBehindTheOther() {
    Document chunk =
        new Document("_id", new BinData(new byte[25]))
            .append("rev", 3L)
            .append("bytes", new BinData(new byte[2_000]))
            .append("expiresAt", Instant.ofEpochMilli(1));
    Document host =
        new Document("_id", "a")
            .append("labels", new Document("env", "prod"))
            .append("addresses", List.of("127.0.0.1", "::1"))
            .append("latest", new Document("cpu.utilization", 0.5))
            .append("slot", null);
    var out = new WriteBuffer();
    StoredDocument.TYPE.write(out, chunk);
    StoredDocument.TYPE.write(out, host);
    ByteBuffer in = out.getBuffer().flip();

    assertThat(StoredDocument.TYPE.read(in)).isEqualTo(chunk);
    assertThat(StoredDocument.TYPE.read(in)).isEqualTo(host);
    assertThat(in.hasRemaining()).isFalse();
  }

  @Test
  void aLargeDocumentIsHeavierThanItsBytes() {
    var large = new Document("bytes", new BinData(new byte[2_000]));

    assertThat(StoredDocument.TYPE.getMemory(large)).isGreaterThan(2_000);
  }
}
