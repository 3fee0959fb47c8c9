// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.common.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class RunDirectoryTest {
  private static final Path TEMPORARY = Path.of("/tmp");

  @Test
  void theSocketsLieInTheDirectoryWhileTheirPathsFit() {
    Path longest = Path.of("/" + "d".repeat(107 - "//handover.sock".length()));

    assertThat(RunDirectory.of(longest, TEMPORARY).handoverSocket())
        .isEqualTo(longest.resolve("handover.sock"))
        .satisfies(path -> assertThat(path.toString()).hasSize(107));
  }

  @Test
  void aPathTooLongGivesThemAShortDirectoryThatFollowsFromIt() {
    Path tooLong = Path.of("/" + "d".repeat(108 - "//handover.sock".length()));
    Path other = Path.of("/" + "e".repeat(108));

    RunDirectory run = RunDirectory.of(tooLong, TEMPORARY);

    assertThat(run.handoverSocket().startsWith(TEMPORARY)).isTrue();
    assertThat(run.handoverSocket().toString().length()).isLessThan(108);
    assertThat(run.controlSocket())
        .isEqualTo(RunDirectory.of(tooLong, TEMPORARY).controlSocket())
        .isNotEqualTo(RunDirectory.of(other, TEMPORARY).controlSocket());
    assertThat(run.masterLock().startsWith(tooLong)).isTrue();
  }
}
