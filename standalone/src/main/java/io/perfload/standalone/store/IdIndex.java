// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.standalone.store;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.AbstractUniqueIndex;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.bson.BsonRegularExpression;
import de.bwaldvogel.mongo.bson.Document;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Optional;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/**
 * The index of {@code _id}: documents lie in the order of their ids, so their map is its own index
 * and nothing is written twice. It also serves questions that ask for more than an id ({@code {_id:
 * …, rev: …}}): what the id finds is then compared with the rest. Any thread.
 */
final class IdIndex extends AbstractUniqueIndex<Object> {
  private static final String ID = "_id";
  private static final String AND = "$and";
  private static final String IN = "$in";

  private final MVMap<Object, Document> documents;

  IdIndex(MVMap<Object, Document> documents, String name, List<IndexKey> keys) {
    super(name, keys, false);
    this.documents = documents;
  }

  /** Whether an id, or a choice of ids, is among what is asked for. */
  @Override
  public synchronized boolean canHandle(Document query) {
    return condition(query).isPresent();
  }

  @Override
  public synchronized Iterable<Object> getPositions(Document query) {
    return super.getPositions(new Document(ID, condition(query).orElseThrow()));
  }

  /** Nothing to do: the document is in its place, and that is the index. */
  @Override
  public synchronized void add(
      Document document, Object position, MongoCollection<Object> collection) {}

  @Override
  protected boolean putKeyPosition(KeyValue key, Object position) {
    throw new IllegalStateException("an id is added with its document");
  }

  /** Only finds it: it goes with its document. */
  @Override
  protected @Nullable Object removeDocument(KeyValue key) {
    return getPosition(key);
  }

  @Override
  protected @Nullable Object getPosition(KeyValue key) {
    Object id = StoredDatabase.key(key.get(0));
    return documents.containsKey(id) ? id : null;
  }

  @Override
  protected Iterable<Entry<KeyValue, Object>> getIterable() {
    return documents.keySet().stream().map(id -> Map.entry(new KeyValue(id), id)).toList();
  }

  @Override
  public long getCount() {
    return documents.sizeAsLong();
  }

  @Override
  public long getDataSize() {
    return getCount();
  }

  private static Optional<Object> condition(Document query) {
    Object asked = query.get(ID);
    if (asked != null) {
      return Optional.of(asked).filter(IdIndex::isLookUp);
    }
    if (query.get(AND) instanceof Collection<?> parts) {
      return parts.stream()
          .filter(Document.class::isInstance)
          .flatMap(part -> condition((Document) part).stream())
          .findFirst();
    }
    return Optional.empty();
  }

  private static boolean isLookUp(Object asked) {
    if (asked instanceof Document operators) {
      return operators.keySet().stream().allMatch(IN::equals) && !operators.isEmpty();
    }
    return !(asked instanceof Collection) && !BsonRegularExpression.isRegularExpression(asked);
  }
}
