// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.common.control;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** A file that names a process: one line, {@code pid startTicks}. Not for event loops. */
public record PidFile(Path path) {
  /** Replaces the file in one step. */
  public void write(ProcessIdentity process) throws IOException {
    Path next = path.resolveSibling(path.getFileName() + ".next");
    Files.writeString(next, process.pid() + " " + process.startTicks() + "\n");
    Files.move(next, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Returns the process it names, if that is still alive. */
  public Optional<ProcessIdentity> read() {
    try {
      String[] words = Files.readString(path).strip().split(" ", -1);
      return Optional.of(new ProcessIdentity(Long.parseLong(words[0]), Long.parseLong(words[1])))
          .filter(ProcessIdentity::alive);
    } catch (IOException | NumberFormatException | ArrayIndexOutOfBoundsException e) {
      return Optional.empty();
    }
  }

  /** Removes the file if it is there. */
  public void delete() throws IOException {
    Files.deleteIfExists(path);
  }
}
