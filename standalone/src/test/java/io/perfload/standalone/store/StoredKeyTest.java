// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.standalone.store;

import static org.assertj.core.api.Assertions.assertThat;

import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.bson.BinData;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.ObjectId;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.h2.mvstore.WriteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StoredKeyTest {
  static Stream<Object> keys() {
    return Stream.of(
        Missing.getInstance(),
        "name",
        "",
        7,
        7L,
        -0.5,
        true,
        Instant.ofEpochMilli(1),
        new ObjectId(new byte[12]),
        new UUID(1, 2),
        new BinData(new byte[0]),
        new BinData(new byte[300]),
        new Document("host", 1).append("minute", 2L));
  }

  @ParameterizedTest
  @MethodSource("keys")
  void everyIdIsReadAsItWasWrittenAndNoByteMore(Object key) {
    var out = new WriteBuffer();
    StoredKey.TYPE.write(out, key);
    StoredKey.TYPE.write(out, "behind");
    ByteBuffer in = out.getBuffer().flip();

    Object read = StoredKey.TYPE.read(in);

    assertThat(read).isEqualTo(key);
    assertThat(StoredKey.TYPE.compare(read, key)).isZero();
    assertThat(StoredKey.TYPE.read(in)).isEqualTo("behind");
  }

  @Test
  void numbersOfDifferentTypesAreTheSameId() {
    assertThat(StoredKey.TYPE.compare(7, 7L)).isZero();
    assertThat(StoredKey.TYPE.compare(7, 7.0)).isZero();
  }

  @Test
  void theShorterBytesComeFirstThenTheSmallerOnesAsInMongoDb() {
    List<BinData> ordered =
        Stream.of(bytes(0xff), bytes(0, 0), bytes(0x7f, 1), bytes(0x80, 0)).toList();

    assertThat(ordered).isSortedAccordingTo(StoredKey.TYPE);
  }

  @Property
  void theOrderOfBytesIsTheOneTheServerSortsBy(@ForAll byte[] one, @ForAll byte[] other) {
    var left = new BinData(one);
    var right = new BinData(other);

    assertThat(Integer.signum(StoredKey.TYPE.compare(left, right)))
        .isEqualTo(Integer.signum(left.compareTo(right)));
  }

  private static BinData bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return new BinData(bytes);
  }
}
