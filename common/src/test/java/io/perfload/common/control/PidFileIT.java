// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.common.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PidFileIT {
  private final Path directory;

  PidFileIT(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void aLivingProcessIsRead() throws IOException {
    var file = new PidFile(directory.resolve("it.pid"));

    file.write(ProcessIdentity.self());

    assertThat(file.read()).contains(ProcessIdentity.self());
  }

  @Test
  void aProcessThatGotTheNumberLaterIsNotTheOneMeant() throws IOException {
    var file = new PidFile(directory.resolve("it.pid"));
    ProcessIdentity self = ProcessIdentity.self();

    file.write(new ProcessIdentity(self.pid(), self.startTicks() - 1));

    assertThat(file.read()).isEmpty();
  }

  @Test
  void garbageNamesNobody() throws IOException {
    Path path = Files.writeString(directory.resolve("it.pid"), "4x\n");

    assertThat(new PidFile(path).read()).isEmpty();
    assertThat(new PidFile(directory.resolve("missing")).read()).isEmpty();
  }

  @Test
  void aKilledProcessIsDeadBeforeItIsReaped() throws Exception {
    Process sleep = new ProcessBuilder("sleep", "60").start();
    ProcessIdentity identity = ProcessIdentity.of(sleep.pid()).orElseThrow();

    identity.kill();
    sleep.waitFor();

    assertThat(identity.alive()).isFalse();
  }

  @Test
  void theRunDirectoryIsForItsOwnerOnly() throws IOException {
    Path open = Files.createDirectory(directory.resolve("run"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));

    RunDirectory.of(open).create();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(open)))
        .isEqualTo("rwx------");
  }
}
