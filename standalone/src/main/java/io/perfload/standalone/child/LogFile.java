// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.standalone.child;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * What a process prints. Others hold the file open for appending, so it is cut by copying it aside
 * and emptying it; what is printed between the two is lost.
 *
 * @param path the file; the part before is beside it and ends in {@code .1}
 */
public record LogFile(Path path) {
  private static final long MAX_BYTES = 8L << 20;
  private static final int TAIL_BYTES = 4096;

  /** Keeps the file and the part before it at {@value #MAX_BYTES} bytes each, about. */
  public void cut() throws IOException {
    if (Files.exists(path) && Files.size(path) > MAX_BYTES) {
      Files.copy(
          path,
          path.resolveSibling(path.getFileName() + ".1"),
          StandardCopyOption.REPLACE_EXISTING);
      try (FileChannel file = FileChannel.open(path, StandardOpenOption.WRITE)) {
        file.truncate(0);
      }
    }
  }

  /** Returns the newest lines, at most {@code count}; none if the file cannot be read. */
  public List<String> lastLines(int count) {
    try (var file = new RandomAccessFile(path.toFile(), "r")) {
      file.seek(Math.max(0, file.length() - TAIL_BYTES));
      byte[] bytes = new byte[TAIL_BYTES];
      int length = Math.max(0, file.read(bytes));
      List<String> lines = new String(bytes, 0, length, UTF_8).lines().toList();
      return lines.subList(Math.max(0, lines.size() - count), lines.size());
    } catch (IOException e) {
      return List.of();
    }
  }
}
