// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;

/** What the spool does to its directory. Any thread. */
final class Disk {
  private static final String TEMPORARY = ".tmp";
  private static final String DAMAGED = ".damaged";
  private static final int MAX_ASIDE = 16;

  private final Directory directory;

  Disk(Directory directory) {
    this.directory = directory;
  }

  /**
   * The names of all files, in order, but for those that were set aside; removes those that were
   * being written when the process died.
   */
  List<String> names() throws IOException {
    List<String> names = new ArrayList<>();
    for (String name : directory.names()) {
      if (name.endsWith(TEMPORARY)) {
        directory.delete(name);
      } else if (!name.endsWith(DAMAGED)) {
        names.add(name);
      }
    }
    names.sort(null);
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
    String temporary = name + TEMPORARY;
    try (Directory.Output output = directory.create(temporary)) {
      output.write(bytes);
      if (durable) {
        output.force();
      }
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
}
