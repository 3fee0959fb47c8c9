// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.standalone.store;

import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.backend.ValueComparator;
import de.bwaldvogel.mongo.bson.BinData;
import de.bwaldvogel.mongo.wire.bson.BsonDecoder;
import de.bwaldvogel.mongo.wire.bson.BsonEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;

/**
 * How an {@code _id} lies in the file, in MongoDB's order. Stateless.
 *
 * <pre>
 *  bytes:          0x80 | length, varint | bytes
 *  anything else:  BSON type | BSON value, little endian
 *  none:           0x00
 * </pre>
 */
final class StoredKey extends BasicDataType<Object> {
  static final StoredKey TYPE = new StoredKey();

  private static final byte NONE = 0;
  private static final byte BYTES = (byte) 0x80;
  private static final int OVERHEAD_BYTES = 40;
  private static final int LARGE_BYTES = 128;

  private StoredKey() {}

  @Override
  public int compare(Object one, Object other) {
    if (one instanceof BinData bytes && other instanceof BinData others) {
      byte[] left = bytes.getData();
      byte[] right = others.getData();
      return left.length == right.length
          ? Arrays.compareUnsigned(left, right)
          : Integer.compare(left.length, right.length);
    }
    return ValueComparator.ascWithoutListHandling().compare(one, other);
  }

  @Override
  public int getMemory(Object key) {
    return OVERHEAD_BYTES + (key instanceof BinData bytes ? bytes.getData().length : LARGE_BYTES);
  }

  @Override
  public void write(WriteBuffer out, Object key) {
    if (key instanceof BinData bytes) {
      out.put(BYTES).putVarInt(bytes.getData().length).put(bytes.getData());
    } else if (key instanceof Missing) {
      out.put(NONE);
    } else {
      byte type = BsonEncoder.determineType(key);
      ByteBuf value = Unpooled.buffer();
      BsonEncoder.encodeValue(type, key, value);
      out.put(type).put(value.array(), 0, value.readableBytes());
    }
  }

  @Override
  public Object read(ByteBuffer in) {
    byte type = in.get();
    if (type == NONE) {
      return Missing.getInstance();
    }
    if (type == BYTES) {
      byte[] bytes = new byte[DataUtils.readVarInt(in)];
      in.get(bytes);
      return new BinData(bytes);
    }
    ByteBuf value = Unpooled.wrappedBuffer(in.slice());
    Object key = BsonDecoder.decodeValue(type, value);
    in.position(in.position() + value.readerIndex());
    return key;
  }

  @Override
  public Object[] createStorage(int size) {
    return new Object[size];
  }
}
