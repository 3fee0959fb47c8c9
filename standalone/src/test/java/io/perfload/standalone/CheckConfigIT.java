// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.perfload.common.config.BadSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckConfigIT {
  private final Path file;

  CheckConfigIT(@TempDir Path directory) {
    file = directory.resolve("perfload.yaml");
  }

  @Test
  void aConfigurationOfAllRolesIsFineThoughWhatIsRequiredComesFromElsewhere() throws Exception {
    Files.writeString(
        file,
        """
        up: {port: 8080, no-agent: true}
        master: {workers: 2, drain-within: 5s}
        worker: {keep: 48h}
        agent: {interval: 2s, label: [site=berlin]}
        """);

    CheckConfigMain.check(file);
  }

  @Test
  void everyProblemIsToldAtOnce() throws Exception {
    Files.writeString(
        file,
        """
        up: {prot: 8080}
        master: {workers: many}
        worker: {keep: forever}
        agnet: {interval: 2s}
        """);

    assertThatThrownBy(() -> CheckConfigMain.check(file))
        .isInstanceOfSatisfying(
            BadSettings.class,
            bad -> {
              assertThat(bad.problems()).hasSize(4);
              assertThat(bad)
                  .hasMessageContaining("4 problem(s) in " + file)
                  .hasMessageContaining("up.prot: unknown setting (did you mean up.port?)")
                  .hasMessageContaining("master.workers: 'many'")
                  .hasMessageContaining("worker.keep: 'forever'")
                  .hasMessageContaining("agnet.interval: unknown setting");
            });
  }
}
