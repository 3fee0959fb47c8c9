// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * The files of one directory, as an operating system offers them and no better: what was not synced
 * may be lost, torn or reordered when the machine ends. Names are plain. Any thread.
 */
public interface Directory {
  /** The names of all files, in no order; makes the directory if it is not there. */
  List<String> names() throws IOException;

  byte[] read(String name) throws IOException;

  long size(String name) throws IOException;

  /** Opens a file to write from its beginning; what was in it is gone. */
  Output create(String name) throws IOException;

  /** Opens a file that is there, to write after its end. */
  Output append(String name) throws IOException;

  /** Gives a file another name; a file that has that name already is replaced in one step. */
  void rename(String from, String to) throws IOException;

  /** Removes a file; one that is not there is fine. */
  void delete(String name) throws IOException;

  /** Makes names that were given, changed or removed survive the end of the machine. */
  void sync() throws IOException;

  /** A file that is being written. Confined to one thread. */
  interface Output extends AutoCloseable {
    /** Writes all of {@code bytes}; when it fails, some of them may be there. */
    void write(ByteBuffer bytes) throws IOException;

    /** Makes what was written survive the end of the machine. */
    void force() throws IOException;

    @Override
    void close() throws IOException;
  }
}
