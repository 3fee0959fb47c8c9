// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.common.bytes;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Grows as bytes are written, big-endian; can be used again after {@link #clear}. Confined to one
 * thread.
 */
public final class ByteWriter {
  private byte[] bytes;
  private int size;

  public ByteWriter() {
    this(256);
  }

  public ByteWriter(int capacity) {
    bytes = new byte[capacity];
  }

  public int size() {
    return size;
  }

  public ByteWriter clear() {
    size = 0;
    return this;
  }

  public ByteWriter u8(int value) {
    room(1);
    bytes[size++] = (byte) value;
    return this;
  }

  public ByteWriter u16(int value) {
    return u8(value >>> 8).u8(value);
  }

  public ByteWriter u32(long value) {
    return u16((int) (value >>> 16)).u16((int) value);
  }

  public ByteWriter i64(long value) {
    return u32(value >>> 32).u32(value);
  }

  /** Writes 7 bits a byte, least significant first: 1 to 10 bytes. */
  public ByteWriter varint(long value) {
    room(10);
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
    return this;
  }

  public ByteWriter zigzag(long value) {
    return varint((value << 1) ^ (value >> 63));
  }

  public ByteWriter text(String text) {
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    return varint(encoded.length).bytes(encoded);
  }

  public ByteWriter bytes(byte[] more) {
    return bytes(more, 0, more.length);
  }

  public ByteWriter bytes(byte[] more, int offset, int length) {
    room(length);
    System.arraycopy(more, offset, bytes, size, length);
    size += length;
    return this;
  }

  /** Writes all remaining bytes of {@code more}, leaving its position. */
  public ByteWriter bytes(ByteBuffer more) {
    int length = more.remaining();
    room(length);
    more.duplicate().get(bytes, size, length);
    size += length;
    return this;
  }

  /** Writes {@code value} over four bytes written before. */
  public ByteWriter setU32(int offset, long value) {
    bytes[offset] = (byte) (value >>> 24);
    bytes[offset + 1] = (byte) (value >>> 16);
    bytes[offset + 2] = (byte) (value >>> 8);
    bytes[offset + 3] = (byte) value;
    return this;
  }

  /** Sets bits of a byte written before. */
  public ByteWriter orU8(int offset, int bits) {
    bytes[offset] |= (byte) bits;
    return this;
  }

  /** A view of what was written; valid until the next write. */
  public ByteBuffer view() {
    return ByteBuffer.wrap(bytes, 0, size).slice();
  }

  public byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }

  private void room(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    }
  }
}
