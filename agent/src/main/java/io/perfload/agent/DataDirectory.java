// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent;

import io.perfload.common.model.HostId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/**
 * Where the agent keeps what outlives it: who the host is, and the spool. One agent at a time; the
 * lock goes with the process, however it ends.
 */
final class DataDirectory implements AutoCloseable {
  private static final String HOST_ID = "host-id";

  private final Path directory;
  private final FileChannel lock;

  private DataDirectory(Path directory, FileChannel lock) {
    this.directory = directory;
    this.lock = lock;
  }

  /**
   * Opens a directory for this process alone; makes it if it is not there.
   *
   * @throws IOException with one sentence for the operator
   */
  static DataDirectory open(Path directory) throws IOException {
    try {
      make(directory);
    } catch (IOException e) {
      throw new IOException("The data directory " + directory + " cannot be made: " + e, e);
    }
    return new DataDirectory(directory, lock(directory));
  }

  /** Where it is unless somebody says otherwise: the system's for root, else the user's own. */
  static Path byDefault(Map<String, String> environment, String home) {
    String local = environment.get("LOCALAPPDATA");
    if (local != null) {
      return Path.of(local, "perfload-agent");
    }
    if (home.equals("/root") || home.equals("/var/root")) {
      return Path.of("/var/lib/perfload-agent");
    }
    String state = environment.get("XDG_STATE_HOME");
    return state == null || state.isBlank()
        ? Path.of(home, ".local", "state", "perfload-agent")
        : Path.of(state, "perfload-agent");
  }

  Path spool() {
    return directory.resolve("spool");
  }

  /**
   * Returns who this host is; decides it if it was not decided yet.
   *
   * @throws IOException with one sentence for the operator
   */
  HostId hostId() throws IOException {
    Path file = directory.resolve(HOST_ID);
    if (Files.exists(file)) {
      String text = Files.readString(file).strip();
      return HostId.parse(text)
          .orElseThrow(
              () ->
                  new IOException(
                      "The file "
                          + file
                          + " does not hold a UUID. Put back the host's own, or remove the file to"
                          + " let the host begin as a new one."));
    }
    HostId id = HostId.random();
    write(file, id + "\n");
    return id;
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }

  private static void make(Path directory) throws IOException {
    if (Files.isDirectory(directory)) {
      return;
    }
    if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
      Path absolute = directory.toAbsolutePath();
      Path parent = absolute.getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      Files.createDirectory(
          absolute,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } else {
      Files.createDirectories(directory);
    }
  }

  private static FileChannel lock(Path directory) throws IOException {
    FileChannel channel =
        FileChannel.open(
            directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() != null) {
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      // another agent within this process
    }
    channel.close();
    throw new IOException(
        "Another agent uses the data directory "
            + directory
            + ". Stop it, or give this one its own with --data.");
  }

  private static void write(Path file, String text) throws IOException {
    Path temporary = file.resolveSibling(HOST_ID + ".tmp");
    try (FileChannel channel =
        FileChannel.open(
            temporary,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
      channel.force(true);
    }
    Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
