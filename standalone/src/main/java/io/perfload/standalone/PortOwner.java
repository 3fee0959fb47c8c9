// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Tells who listens at a port, as far as {@code /proc} tells us. */
final class PortOwner {
  private static final String LISTENING = "0A";
  private static final int LOCAL = 1;
  private static final int STATE = 3;
  private static final int INODE = 9;

  private final Path proc;

  PortOwner(Path proc) {
    this.proc = proc;
  }

  /** Returns such as {@code nginx (pid 12)}; nothing if it is another user's process. */
  Optional<String> of(int port) {
    List<String> sockets = listening(port);
    return sockets.isEmpty()
        ? Optional.empty()
        : processes().filter(has(sockets)).map(this::name).findFirst();
  }

  /** Whether anybody listens there. */
  boolean isTaken(int port) {
    return !listening(port).isEmpty();
  }

  private List<String> listening(int port) {
    return Stream.of("net/tcp", "net/tcp6").flatMap(table -> listening(table, port)).toList();
  }

  private Stream<String> listening(String table, int port) {
    String end = String.format(Locale.ROOT, ":%04X", port);
    return lines(proc.resolve(table))
        .map(line -> line.strip().split("\\s+", -1))
        .filter(fields -> fields.length > INODE && fields[STATE].equals(LISTENING))
        .filter(fields -> fields[LOCAL].endsWith(end))
        .map(fields -> "socket:[" + fields[INODE] + "]");
  }

  private Stream<Path> processes() {
    return entries(proc).filter(path -> path.getFileName().toString().matches("\\d+"));
  }

  private Predicate<Path> has(List<String> sockets) {
    return process ->
        entries(process.resolve("fd")).map(PortOwner::target).anyMatch(sockets::contains);
  }

  private String name(Path process) {
    String name = lines(process.resolve("comm")).findFirst().orElse("a process");
    return name + " (pid " + process.getFileName() + ")";
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException e) {
      return "";
    }
  }

  private static Stream<String> lines(Path file) {
    try {
      return Files.readAllLines(file).stream();
    } catch (IOException e) {
      return Stream.empty();
    }
  }

  private static Stream<Path> entries(Path directory) {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.toList().stream();
    } catch (IOException e) {
      return Stream.empty();
    }
  }
}
