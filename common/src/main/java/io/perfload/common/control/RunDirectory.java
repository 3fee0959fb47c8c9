// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.common.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import net.openhft.hashing.LongHashFunction;

/**
 * Where one master and its workers meet: three Unix sockets, pid files, one lock.
 *
 * <p>Mode 0700: whoever may enter may speak. A Unix socket's path has at most 107 bytes; where it
 * would be longer, the sockets live in a short directory of this user under the system's temporary
 * one, whose name follows from the path of the run directory, so that all who are told the one find
 * the other.
 */
public final class RunDirectory {
  private static final int MAX_SOCKET_PATH = 107;
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");

  private final Path directory;
  private final Path sockets;

  private RunDirectory(Path directory, Path sockets) {
    this.directory = directory;
    this.sockets = sockets;
  }

  /** Names the directory; touches nothing. */
  public static RunDirectory of(Path directory) {
    return of(directory, Path.of(System.getProperty("java.io.tmpdir")));
  }

  static RunDirectory of(Path directory, Path temporary) {
    Path absolute = directory.toAbsolutePath().normalize();
    return new RunDirectory(absolute, socketDirectory(absolute, temporary));
  }

  private static Path socketDirectory(Path directory, Path temporary) {
    if (length(directory.resolve("handover.sock")) <= MAX_SOCKET_PATH) {
      return directory;
    }
    long hash = LongHashFunction.farmNa().hashBytes(directory.toString().getBytes(UTF_8));
    String name = "perfload-" + System.getProperty("user.name") + "-" + Long.toHexString(hash);
    return temporary.resolve(name);
  }

  private static int length(Path path) {
    return path.toString().getBytes(UTF_8).length;
  }

  /**
   * Makes the directories where they are missing, and takes the rights of others from them.
   *
   * @throws IOException if one of them cannot be made, or belongs to somebody else
   */
  public void create() throws IOException {
    create(directory);
    create(sockets);
  }

  private static void create(Path path) throws IOException {
    Files.createDirectories(path, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    var attributes =
        Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (!attributes.isDirectory()) {
      throw new IOException(path + " is not a directory");
    }
    if (!attributes.owner().equals(Files.getOwner(Path.of("/proc/self")))) {
      throw new IOException(path + " belongs to " + attributes.owner().getName());
    }
    if (!attributes.permissions().equals(OWNER_ONLY)) {
      Files.setPosixFilePermissions(path, OWNER_ONLY);
    }
  }

  /** The directory itself. */
  public Path path() {
    return directory;
  }

  /** The master listens; workers register here. */
  public Path controlSocket() {
    return sockets.resolve("control.sock");
  }

  /** The master listens; descriptors go down, answers come up. */
  public Path handoverSocket() {
    return sockets.resolve("handover.sock");
  }

  /** A master that finds its port taken listens; a worker gives it the listening socket back. */
  public Path doorSocket() {
    return sockets.resolve("door.sock");
  }

  /** Held by the one master of this directory. */
  public Path masterLock() {
    return directory.resolve("master.lock");
  }

  public PidFile masterPid() {
    return new PidFile(directory.resolve("master.pid"));
  }

  /** The worker that a master started for {@code slot}. */
  public PidFile workerPid(int slot) {
    return new PidFile(directory.resolve("worker-" + slot + ".pid"));
  }

  /** A process that is to take the place of {@link #workerPid}, while it starts. */
  public PidFile nextWorkerPid(int slot) {
    return new PidFile(directory.resolve("worker-" + slot + ".next.pid"));
  }

  /** A process of which another one has taken the place, while it finishes. */
  public PidFile formerWorkerPid(int slot) {
    return new PidFile(directory.resolve("worker-" + slot + ".former.pid"));
  }

  @Override
  public String toString() {
    return directory.toString();
  }
}
