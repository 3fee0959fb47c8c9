// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.common.bytes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ByteReaderTest {
  @Property
  void everyIntegerComesBack(@ForAll long value) throws Malformed {
    ByteReader in = reader(new ByteWriter().varint(value).zigzag(value).i64(value));

    assertThat(in.varint()).isEqualTo(value);
    assertThat(in.zigzag()).isEqualTo(value);
    assertThat(in.i64()).isEqualTo(value);
    in.end();
  }

  @Property
  void textComesBackOrIsRefusedForAControlCharacter(@ForAll String text) {
    ByteReader in = reader(new ByteWriter().text(text));
    boolean wellFormed = java.nio.charset.StandardCharsets.UTF_8.newEncoder().canEncode(text);
    boolean plain = text.chars().noneMatch(Character::isISOControl);

    if (wellFormed && plain) {
      assertThat(readText(in)).isEqualTo(text);
    } else if (wellFormed) {
      assertFault(Fault.TEXT, () -> in.text(1 << 20, "text"));
    }
  }

  @Property
  void noBytesMakeItThrowAnythingButMalformed(@ForAll byte[] bytes) {
    var in = new ByteReader(ByteBuffer.wrap(bytes));

    try {
      while (true) {
        in.count(100, 3, "things");
        in.text(20, "text");
        in.zigzag();
      }
    } catch (Malformed e) {
      assertThat(e.getStackTrace()).isEmpty();
    }
  }

  @Test
  void aCountLargerThanTheBytesIsRefusedBeforeAnythingIsAllocated() {
    ByteReader in = reader(new ByteWriter().varint(1_000_000).u8(1));

    assertFault(Fault.COUNT, () -> in.count(Integer.MAX_VALUE, 1, "things"));
  }

  @Test
  void anIntegerInALongerFormThanNeededIsRefused() {
    ByteReader in = reader(new ByteWriter().u8(0x80).u8(0));

    assertFault(Fault.VALUE, in::varint);
  }

  @Test
  void anIntegerThatNeverEndsIsRefused() {
    ByteReader in = reader(new ByteWriter().i64(-1).i64(-1));

    assertFault(Fault.VALUE, in::varint);
  }

  @Test
  void bytesLeftOverAreRefused() {
    ByteReader in = reader(new ByteWriter().u8(1));

    assertFault(Fault.TRAILING, in::end);
  }

  private static String readText(ByteReader in) {
    try {
      return in.text(1 << 20, "text");
    } catch (Malformed e) {
      throw new AssertionError(e);
    }
  }

  private static ByteReader reader(ByteWriter written) {
    return new ByteReader(written.view());
  }

  private static void assertFault(Fault fault, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(Malformed.class, e -> assertThat(e.fault()).isEqualTo(fault));
  }
}
