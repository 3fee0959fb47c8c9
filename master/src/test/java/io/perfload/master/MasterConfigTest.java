// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.master;

import static org.assertj.core.api.Assertions.assertThat;

import io.perfload.common.config.BadSettings;
import io.perfload.common.config.Layer;
import io.perfload.common.config.Setting;
import io.perfload.common.config.Settings;
import io.perfload.common.route.AddressRanges;
import io.perfload.master.accept.ConnectLimits;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MasterConfigTest {
  @Test
  void everyKeyIsPinned() {
    assertThat(MasterConfig.SETTINGS.stream().map(Setting::key))
        .containsExactly(
            "master.listen",
            "master.run",
            "master.node",
            "master.worker-command",
            "master.workers",
            "master.hung-after",
            "master.lost-after",
            "master.refuse-after",
            "master.drain-within",
            "master.connects-per-second",
            "master.connects-at-once",
            "master.connects-allow",
            "master.replace");
  }

  @Test
  void byDefaultTheDoorIsLocalAndWorkersComeByThemselves() throws BadSettings {
    MasterConfig config = config(Map.of());

    assertThat(config.listen().getAddress()).isEqualTo(InetAddress.getLoopbackAddress());
    assertThat(config.listen().getPort()).isEqualTo(8000);
    assertThat(config.run().path()).isEqualTo(Path.of("data", "run").toAbsolutePath());
    assertThat(config.roster().node()).isNotBlank();
    assertThat(config.roster().workers()).isZero();
    assertThat(config.roster().hungAfter()).hasSeconds(10);
    assertThat(config.roster().lostAfter()).hasMillis(2_500);
    assertThat(config.replace()).isFalse();
    assertThat(config.roster().drainWithin()).hasSeconds(10);
    assertThat(config.handover().patience()).hasSeconds(30);
    assertThat(config.handover().stallAfter()).isEqualTo(Duration.ofMillis(500));
    assertThat(config.connects()).isEqualTo(new ConnectLimits(200, 2_000, AddressRanges.LOOPBACK));
    assertThat(config.takeOverWithin()).hasSeconds(5);
    assertThat(config.backlog()).isGreaterThanOrEqualTo(128);
  }

  @Test
  void aWorkerCommandBringsOneWorkerACore() throws BadSettings {
    MasterConfig config = config(Map.of("master.worker-command", List.of("java -jar 'a b.jar'")));

    assertThat(config.workerCommand()).containsExactly("java", "-jar", "a b.jar");
    assertThat(config.roster().workers()).isEqualTo(Runtime.getRuntime().availableProcessors());
  }

  private static MasterConfig config(Map<String, List<String>> values) throws BadSettings {
    return MasterConfig.of(
        Settings.read(MasterConfig.SETTINGS, List.of(new Layer("the test", values, Map.of()))));
  }
}
