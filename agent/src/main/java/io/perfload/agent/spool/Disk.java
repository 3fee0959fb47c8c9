// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;

/**
 * What the spool does to its directory. Nothing is written before the directory was listed: until
 * then nobody knows which names are taken. Any thread.
 */
final class Disk {
  private static final String TEMPORARY = ".tmp";
  private static final String DAMAGED = ".damaged";
  private static final int MAX_ASIDE = 16;
  private static final long BLOCK = 4096;

  private final Directory directory;
  private volatile boolean listed;

  Disk(Directory directory) {
    this.directory = directory;
  }

  /** What a file of that length takes: file systems give whole blocks. */
  static long space(long bytes) {
    return (bytes + BLOCK - 1) / BLOCK * BLOCK;
  }

  /**
   * The names of all files, in order, but for those that were set aside and those that were being
   * written when the process died; these are removed if that can be done now.
   */
  List<String> names() throws IOException {
    List<String> names = new ArrayList<>();
    for (String name : directory.names()) {
      if (name.endsWith(TEMPORARY)) {
        removeIfPossible(name);
      } else if (!name.endsWith(DAMAGED)) {
        names.add(name);
      }
    }
    names.sort(null);
    listed = true;
    return names;
  }

  byte[] read(String name) throws IOException {
    return directory.read(name);
  }

  long size(String name) throws IOException {
    return directory.size(name);
  }

  /**
   * Writes a file whole: if this process dies, it is there with all its bytes, or it is as it was.
   *
   * @param durable whether that holds for the machine, too
   */
  void replace(String name, ByteBuffer bytes, boolean durable) throws IOException {
    if (!listed) {
      throw new IOException("the directory cannot be listed");
    }
    String temporary = name + TEMPORARY;
    try {
      write(temporary, bytes, durable);
    } catch (IOException e) {
      removeIfPossible(temporary);
      throw e;
    }
    directory.rename(temporary, name);
    if (durable) {
      directory.sync();
    }
  }

  /** Opens a file that is there, to append to. */
  Directory.Output append(String name) throws IOException {
    return directory.append(name);
  }

  /** Removes a file; one that is not there is fine. */
  void delete(String name) throws IOException {
    directory.delete(name);
  }

  /** Makes what became of names so far survive the end of the machine. */
  void syncNames() throws IOException {
    directory.sync();
  }

  /**
   * Moves a file out of the way, for somebody to look at; once there are {@value #MAX_ASIDE} of
   * them, further ones are removed.
   */
  void setAside(String name) throws IOException {
    long aside = directory.names().stream().filter(other -> other.endsWith(DAMAGED)).count();
    if (aside >= MAX_ASIDE) {
      directory.delete(name);
      return;
    }
    try {
      directory.rename(name, name + DAMAGED);
    } catch (NoSuchFileException e) {
      // gone already
    }
  }

  private void write(String name, ByteBuffer bytes, boolean durable) throws IOException {
    try (Directory.Output output = directory.create(name)) {
      output.write(bytes);
      if (durable) {
        output.force();
      }
    }
  }

  /** A file half written takes space that a full disk does not have. */
  private void removeIfPossible(String name) {
    try {
      directory.delete(name);
    } catch (IOException e) {
      // the next start tries again
    }
  }
}
