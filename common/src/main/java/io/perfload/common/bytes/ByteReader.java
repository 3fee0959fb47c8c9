// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.common.bytes;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Reads bytes that nobody vouches for. Every method either returns a value within its bounds or
 * throws {@link Malformed}; nothing is allocated on the word of a length that the bytes do not
 * cover. Confined to one thread.
 */
public final class ByteReader {
  private final ByteBuffer bytes;

  /** Reads the remaining bytes of {@code bytes}, big-endian, moving its position. */
  public ByteReader(ByteBuffer bytes) {
    this.bytes = bytes;
  }

  public int remaining() {
    return bytes.remaining();
  }

  public int u8() throws Malformed {
    need(1);
    return bytes.get() & 0xff;
  }

  public int u16() throws Malformed {
    need(2);
    return bytes.getShort() & 0xffff;
  }

  public long u32() throws Malformed {
    need(4);
    return bytes.getInt() & 0xffff_ffffL;
  }

  public long i64() throws Malformed {
    need(8);
    return bytes.getLong();
  }

  /** Reads 7 bits a byte, least significant first, at most 10 bytes, the shortest form only. */
  public long varint() throws Malformed {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int next = u8();
      value |= (long) (next & 0x7f) << shift;
      if (next < 0x80) {
        boolean overflows = shift == 63 && next > 1;
        boolean padded = shift > 0 && next == 0;
        if (overflows || padded) {
          throw new Malformed(Fault.VALUE, "a variable-length integer in a form nobody writes");
        }
        return value;
      }
    }
    throw new Malformed(Fault.VALUE, "a variable-length integer of more than 10 bytes");
  }

  /** Reads a signed integer: small magnitudes are short. */
  public long zigzag() throws Malformed {
    long value = varint();
    return (value >>> 1) ^ -(value & 1);
  }

  /** Reads a non-negative integer of at most {@code max}. */
  public int varintUpTo(int max, String what) throws Malformed {
    long value = varint();
    if (value < 0 || value > max) {
      throw new Malformed(
          Fault.VALUE,
          what + " " + Long.toUnsignedString(value) + " (expected: at most " + max + ")");
    }
    return (int) value;
  }

  /** Reads how many items follow, each of at least {@code itemBytes} bytes. */
  public int count(int max, int itemBytes, String what) throws Malformed {
    long value = varint();
    if (value < 0 || value > max || value * itemBytes > bytes.remaining()) {
      throw new Malformed(
          Fault.COUNT,
          Long.toUnsignedString(value)
              + " "
              + what
              + " (expected: at most "
              + max
              + " and as many as there are bytes for)");
    }
    return (int) value;
  }

  /** Reads UTF-8 text of at most {@code maxBytes} bytes, without control characters. */
  public String text(int maxBytes, String what) throws Malformed {
    int length = count(maxBytes, 1, "bytes of " + what);
    ByteBuffer encoded = slice(length);
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(encoded)
              .toString();
      if (text.chars().anyMatch(Character::isISOControl)) {
        throw new Malformed(Fault.TEXT, what + " has a control character");
      }
      return text;
    } catch (CharacterCodingException e) {
      throw new Malformed(Fault.TEXT, what + " is not UTF-8");
    }
  }

  /** Takes the next {@code length} bytes as a view. */
  public ByteBuffer slice(int length) throws Malformed {
    need(length);
    ByteBuffer part = bytes.slice(bytes.position(), length);
    bytes.position(bytes.position() + length);
    return part;
  }

  /** Takes all that is left as a copy. */
  public byte[] rest() {
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(copy);
    return copy;
  }

  /** Checks that everything was read. */
  public void end() throws Malformed {
    if (bytes.hasRemaining()) {
      throw new Malformed(Fault.TRAILING, bytes.remaining() + " bytes too many");
    }
  }

  private void need(int length) throws Malformed {
    if (bytes.remaining() < length) {
      throw new Malformed(
          Fault.TRUNCATED, bytes.remaining() + " bytes left (expected: " + length + ")");
    }
  }
}
