// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What the spool does to its directory; tests make it fail. Any thread. */
class Disk {
  private static final String TEMPORARY = ".tmp";
  private static final int MAX_ASIDE = 16;

  private final Path directory;

  Disk(Path directory) {
    this.directory = directory;
  }

  /** The names of all files, but for those that were being written when the process died. */
  List<String> names() throws IOException {
    Files.createDirectories(directory);
    List<String> names = new ArrayList<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        String name = file.getFileName().toString();
        if (name.endsWith(TEMPORARY)) {
          Files.deleteIfExists(file);
        } else if (Files.isRegularFile(file)) {
          names.add(name);
        }
      }
    }
    names.sort(null);
    return names;
  }

  byte[] read(String name) throws IOException {
    return Files.readAllBytes(directory.resolve(name));
  }

  long size(String name) throws IOException {
    return Files.size(directory.resolve(name));
  }

  /**
   * Writes a file whole: if this process dies, it is there with all its bytes, or it is as it was.
   *
   * @param durable whether that holds for the machine, too
   */
  void replace(String name, ByteBuffer bytes, boolean durable) throws IOException {
    Files.createDirectories(directory);
    Path temporary = directory.resolve(name + TEMPORARY);
    try (FileChannel channel =
        FileChannel.open(
            temporary,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      writeAll(channel, bytes);
      if (durable) {
        channel.force(false);
      }
    }
    Files.move(
        temporary,
        directory.resolve(name),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    if (durable) {
      sync();
    }
  }

  /** Opens a file that is there, to append to. */
  FileChannel append(String name) throws IOException {
    return FileChannel.open(directory.resolve(name), StandardOpenOption.APPEND);
  }

  /** Removes a file; one that is not there is fine. */
  void delete(String name) throws IOException {
    Files.deleteIfExists(directory.resolve(name));
  }

  /**
   * Moves a file out of the way, for somebody to look at; once there are {@value #MAX_ASIDE} of
   * them, further ones are removed.
   */
  void setAside(String name) throws IOException {
    Path aside = directory.resolve("damaged");
    Files.createDirectories(aside);
    String[] there = aside.toFile().list();
    if (there != null && there.length >= MAX_ASIDE) {
      delete(name);
      return;
    }
    try {
      Files.move(directory.resolve(name), aside.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    } catch (NoSuchFileException e) {
      // gone already
    }
  }

  /** Appends bytes; what was written of them when it fails stays. */
  void write(FileChannel channel, ByteBuffer bytes) throws IOException {
    writeAll(channel, bytes);
  }

  private static void writeAll(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** Makes the names durable; systems whose directories cannot be opened do so by themselves. */
  private void sync() {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // Windows
    }
  }
}
