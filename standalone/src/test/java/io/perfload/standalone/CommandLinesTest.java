// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.perfload.common.config.HostPort;
import io.perfload.common.config.Layer;
import io.perfload.common.config.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CommandLinesTest {
  private final DataDirectory data = new DataDirectory(Path.of("/srv/my data"));

  @Test
  void passwordsAreInNoCommandLine() throws Exception {
    CommandLines lines =
        lines(Map.of("up.redis", List.of("redis://:geheim@r"), "up.workers", List.of("3")));

    assertThat(List.of(lines.master(), lines.store(1), lines.agent()))
        .allSatisfy(child -> assertThat(child.words().toString()).doesNotContain("geheim"));
    assertThat(lines.master().words())
        .contains("--listen", "0.0.0.0:8000", "--workers", "3", "--worker-command");
  }

  @Test
  void theWorkersCommandLineKeepsPathsWithBlanksTogether() throws Exception {
    assertThat(lines(Map.of()).master().words())
        .anySatisfy(
            word ->
                assertThat(word)
                    .contains("--redis \"file:/srv/my data/run/redis.uri\"")
                    .contains("-jar \"/opt/per fload/worker/target/perfload-worker.jar\""));
  }

  @Test
  void theAgentComesThroughTheDoorOnLoopbackWhenItListensEverywhere() throws Exception {
    assertThat(lines(Map.of()).agent().words()).contains("127.0.0.1:8000");
    assertThat(CommandLines.reachable(new HostPort("::", 1))).isEqualTo(new HostPort("::1", 1));
    assertThat(CommandLines.reachable(new HostPort("10.0.0.1", 1)))
        .isEqualTo(new HostPort("10.0.0.1", 1));
  }

  @Test
  void theConfigurationIsHandedToAllThatReadOne() throws Exception {
    CommandLines lines = lines(Map.of());

    assertThat(lines.agent().words()).containsSequence("--config", "/etc/perfload.yaml");
    assertThat(lines.master().words()).containsSequence("--config", "/etc/perfload.yaml");
  }

  private CommandLines lines(Map<String, List<String>> values) throws Exception {
    Settings settings =
        Settings.read(UpConfig.SETTINGS, List.of(new Layer("a test", values, Map.of())));
    return new CommandLines(
        new Home(Path.of("/opt/per fload")),
        data,
        UpConfig.of(settings),
        Optional.of(Path.of("/etc/perfload.yaml")),
        new HostPort("0.0.0.0", 8000),
        Map.of());
  }
}
