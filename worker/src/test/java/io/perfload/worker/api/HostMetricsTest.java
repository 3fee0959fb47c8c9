// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.perfload.common.model.Catalogue;
import io.perfload.common.model.Kind;
import io.perfload.common.model.Measure;
import io.perfload.common.model.Sample;
import io.perfload.common.model.Series;
import io.perfload.common.model.SeriesSet;
import io.perfload.common.model.Unit;
import io.perfload.worker.fleet.HostState;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HostMetricsTest {
  @Test
  void aFleetIsWrittenInSmallBlocksThatTogetherAreOneText() {
    List<HostState> hosts = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      hosts.add(FakeFleet.host("host-" + i, 0.5));
    }

    List<byte[]> blocks = blocks(hosts);

    assertThat(blocks).hasSizeGreaterThan(10);
    assertThat(blocks).allSatisfy(block -> assertThat(block.length).isLessThan(64 << 10));
    String text = text(blocks);
    assertThat(text.lines().filter(line -> line.startsWith("perfload_memory_used{")))
        .hasSize(2_000);
    assertThat(text.lines().filter(line -> line.equals("# TYPE perfload_memory_used gauge")))
        .hasSize(1);
  }

  @Test
  void namesThatMeetAreWrittenOnceAndOursAreNobodyElses() {
    SeriesSet set =
        SeriesSet.of(
            List.of(
                Series.of(new Measure("a.b_c", Unit.ONE, Kind.GAUGE, 0)),
                Series.of(new Measure("a_b.c", Unit.ONE, Kind.GAUGE, 0)),
                Series.of(new Measure("worker.uptime_seconds", Unit.ONE, Kind.GAUGE, 0)),
                Series.of(new Measure("host.up", Unit.ONE, Kind.GAUGE, 0)),
                Series.of(new Measure("cpu.utilization", Unit.BYTES, Kind.GAUGE, 0)),
                Series.of(Catalogue.CPU_UTILIZATION)));
    HostState like = FakeFleet.host("alpha", 0.5);
    var host =
        new HostState(
            like.profile(),
            like.status(),
            false,
            1,
            "",
            "",
            0,
            1,
            1,
            1,
            set,
            Optional.of(new Sample(1, 1, new long[] {1, 2, 3, 4, 5, 6})),
            Optional.empty());

    String text = text(blocks(List.of(host)));

    assertThat(text.lines().filter(line -> line.startsWith("perfload_a_b_c{"))).hasSize(1);
    assertThat(text.lines().filter(line -> line.startsWith("perfload_cpu_utilization{")))
        .hasSize(1);
    assertThat(text.lines().filter(line -> line.startsWith("perfload_host_up{"))).hasSize(1);
    assertThat(text).doesNotContain("perfload_worker_");
  }

  private static List<byte[]> blocks(List<HostState> hosts) {
    var metrics = new HostMetrics(new byte[0], hosts);
    List<byte[]> blocks = new ArrayList<>();
    for (Optional<byte[]> next = metrics.next(); next.isPresent(); next = metrics.next()) {
      blocks.add(next.orElseThrow());
    }
    return blocks;
  }

  private static String text(List<byte[]> blocks) {
    var text = new StringBuilder();
    blocks.forEach(block -> text.append(new String(block, StandardCharsets.UTF_8)));
    return text.toString();
  }
}
