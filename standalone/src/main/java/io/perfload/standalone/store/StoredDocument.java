// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.standalone.store;

import de.bwaldvogel.mongo.bson.BinData;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.bson.BsonDecoder;
import de.bwaldvogel.mongo.wire.bson.BsonEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Map;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;

/** A document lies in the file as BSON, as it came over the wire. Stateless. */
final class StoredDocument extends BasicDataType<Document> {
  static final StoredDocument TYPE = new StoredDocument();

  private static final int DOCUMENT_BYTES = 120;
  private static final int FIELD_BYTES = 64;
  private static final int FIRST_BYTES = 1024;

  private StoredDocument() {}

  @Override
  public int getMemory(Document document) {
    return weight(document);
  }

  @Override
  public void write(WriteBuffer out, Document document) {
    ByteBuf bson = Unpooled.buffer(FIRST_BYTES);
    BsonEncoder.encodeDocument(document, bson);
    out.put(bson.array(), 0, bson.readableBytes());
  }

  @Override
  public Document read(ByteBuffer in) {
    ByteBuf bson = Unpooled.wrappedBuffer(in.slice());
    Document document = BsonDecoder.decodeBson(bson);
    in.position(in.position() + bson.readerIndex());
    return document;
  }

  @Override
  public Document[] createStorage(int size) {
    return new Document[size];
  }

  private static int weight(Object value) {
    if (value instanceof BinData bytes) {
      return bytes.getData().length;
    }
    if (value instanceof String text) {
      return 2 * text.length();
    }
    int weight = 0;
    if (value instanceof Map<?, ?> document) {
      weight = DOCUMENT_BYTES;
      for (Object field : document.values()) {
        weight += FIELD_BYTES + weight(field);
      }
    } else if (value instanceof Collection<?> array) {
      for (Object element : array) {
        weight += FIELD_BYTES + weight(element);
      }
    }
    return weight;
  }
}
