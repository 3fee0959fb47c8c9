// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.standalone.store;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.AbstractSynchronizedMongoDatabase;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.ErrorCode;
import de.bwaldvogel.mongo.exception.MongoServerError;
import de.bwaldvogel.mongo.oplog.Oplog;
import java.util.List;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;

/**
 * A database in the file: a map of documents and one of facts a collection. The maps have the names
 * they have in {@code H2Database}, whose constructor leaves no room for another form of what is in
 * them. Any thread.
 */
final class StoredDatabase extends AbstractSynchronizedMongoDatabase<Object> {
  private static final String ID_INDEX = "_id_";
  private static final String META = "meta.";
  private static final String DOCUMENTS = "databases.";

  private final MVStore store;

  StoredDatabase(String name, MVStore store, CursorRegistry cursors) {
    super(name, cursors);
    this.store = store;
    initializeNamespacesAndIndexes();
  }

  /** The key of a document with this {@code _id}; without one it has a key of its own. */
  static Object key(Object id) {
    return Missing.ofNullable(id);
  }

  @Override
  protected MongoCollection<Object> openOrCreateCollection(String name, CollectionOptions options) {
    MVMap<String, Object> meta = store.openMap(META + getFullCollectionNamespace(name));
    return new StoredCollection(this, name, options, documents(name), meta, cursorRegistry);
  }

  @Override
  protected Index<Object> openOrCreateUniqueIndex(
      String collection, String index, List<IndexKey> keys, boolean sparse) {
    if (!index.equals(ID_INDEX)) {
      throw new MongoServerError(
          ErrorCode.InvalidOptions, "the embedded store has no unique index but that of _id");
    }
    return new IdIndex(documents(collection), index, keys);
  }

  @Override
  public void dropCollection(String name, Oplog oplog) {
    super.dropCollection(name, oplog);
    store.removeMap(DOCUMENTS + getFullCollectionNamespace(name));
    store.removeMap(META + getFullCollectionNamespace(name));
  }

  @Override
  public void drop(Oplog oplog) {
    super.drop(oplog);
    List.copyOf(store.getMapNames()).stream()
        .filter(name -> isOurs(name, DOCUMENTS) || isOurs(name, META))
        .forEach(store::removeMap);
  }

  @Override
  public void moveCollection(
      MongoDatabase oldDatabase, MongoCollection<?> collection, String newName) {
    super.moveCollection(oldDatabase, collection, newName);
    String from = collection.getFullName();
    String to = getFullCollectionNamespace(newName);
    store.renameMap(store.openMap(DOCUMENTS + from, form()), DOCUMENTS + to);
    store.renameMap(store.openMap(META + from), META + to);
  }

  @Override
  protected long getStorageSize() {
    return store.getFileStore().size();
  }

  @Override
  protected long getFileSize() {
    return getStorageSize();
  }

  private MVMap<Object, Document> documents(String collection) {
    return store.openMap(DOCUMENTS + getFullCollectionNamespace(collection), form());
  }

  private static MVMap.Builder<Object, Document> form() {
    return new MVMap.Builder<Object, Document>()
        .keyType(StoredKey.TYPE)
        .valueType(StoredDocument.TYPE);
  }

  private boolean isOurs(String map, String prefix) {
    return map.startsWith(prefix + getDatabaseName() + ".");
  }
}
