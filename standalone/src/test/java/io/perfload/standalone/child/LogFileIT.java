// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.standalone.child;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileIT {
  private final Path path;
  private final LogFile log;

  LogFileIT(@TempDir Path directory) {
    path = directory.resolve("master.log");
    log = new LogFile(path);
  }

  @Test
  void aLogThatGrewTooLongIsEmptiedUnderWhoWritesIt() throws Exception {
    Path before = path.resolveSibling("master.log.1");
    try (OutputStream writer =
        Files.newOutputStream(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      writer.write(new byte[9 << 20]);
      log.cut();
      writer.write("after\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
      log.cut();
    }

    assertThat(path).hasContent("after\n");
    assertThat(Files.size(before)).isEqualTo(9 << 20);
  }

  @Test
  void theLastLinesAreTold() throws Exception {
    Files.writeString(path, "x".repeat(5000) + "\none\ntwo\nthree\n");

    assertThat(log.lastLines(2)).containsExactly("two", "three");
  }

  @Test
  void aLogThatIsNotThereHasNoLinesAndNeedsNoCut() throws Exception {
    log.cut();

    assertThat(log.lastLines(5)).isEmpty();
  }
}
