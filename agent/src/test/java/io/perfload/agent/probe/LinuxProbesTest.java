// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.data.Offset.offset;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LinuxProbesTest {
  @Test
  void processorTimeIsAShareOfWhatPassedSinceTheLastReading() throws IOException {
    Map<String, Double> values =
        Fixture.secondReading(new CpuProbe(Fixture.files("stat-1", "stat-2")));

    // 60 user + 20 system + 90 idle + 10 steal; iowait went back by one, which counts as none
    assertThat(values.get("cpu.utilization")).isCloseTo(90 / 180.0, offset(1e-4));
    assertThat(values.get("cpu.user")).isCloseTo(60 / 180.0, offset(1e-4));
    assertThat(values.get("cpu.system")).isCloseTo(20 / 180.0, offset(1e-4));
    assertThat(values.get("cpu.iowait")).isZero();
    assertThat(values.get("cpu.steal")).isCloseTo(10 / 180.0, offset(1e-4));
    assertThat(values.get("cpu.utilization:0")).isCloseTo(60 / 100.0, offset(1e-4));
  }

  @Test
  void coreThatIsSwitchedOffLeavesTheNumbersOfTheOthers() throws IOException {
    Map<String, Double> values =
        Fixture.secondReading(new CpuProbe(Fixture.files("stat-1", "stat-2")));

    assertThat(values).containsKeys("cpu.utilization:0", "cpu.utilization:2");
    assertThat(values).doesNotContainKey("cpu.utilization:1");
  }

  @Test
  void firstReadingAndOneAfterAResetHaveNoShares() throws IOException {
    var probe = new CpuProbe(Fixture.files("stat-2", "stat-1", "stat-2"));
    var columns = new Columns();

    probe.read(columns, 0);
    Map<String, Double> first = Fixture.take(columns);
    probe.read(columns, Fixture.SECOND);
    Map<String, Double> afterReset = Fixture.take(columns);
    probe.read(columns, 2 * Fixture.SECOND);

    assertThat(first).isEmpty();
    assertThat(afterReset).isEmpty();
    assertThat(Fixture.take(columns)).containsKey("cpu.utilization");
  }

  @Test
  void usedMemoryIsWhatProgramsCouldNotGet() throws IOException {
    Map<String, Double> values = Fixture.secondReading(new MemoryProbe(Fixture.file("meminfo")));

    assertThat(values)
        .containsOnly(
            entry("memory.total", 2_000_000 * 1024.0),
            entry("memory.free", 500_000 * 1024.0),
            entry("memory.available", 1_200_000 * 1024.0),
            entry("memory.used", 800_000 * 1024.0),
            entry("memory.cached", 650_000 * 1024.0),
            entry("swap.total", 1_000_000 * 1024.0),
            entry("swap.used", 100_000 * 1024.0));
  }

  @Test
  void kernelThatDoesNotTellAvailableMemoryHasItWorkedOut() throws IOException {
    Map<String, Double> values =
        Fixture.secondReading(new MemoryProbe(Fixture.file("meminfo-old")));

    assertThat(values).containsEntry("memory.available", 1_110_000 * 1024.0);
    assertThat(values).doesNotContainKey("swap.total");
  }

  @Test
  void memoryWithoutATotalIsAFailure() {
    var probe = new MemoryProbe(() -> Fixture.text("MemFree: 1 kB\n"));

    assertThatThrownBy(() -> probe.read(new Columns(), 0)).isInstanceOf(IOException.class);
  }

  @Test
  void loadAndUptimeAreTakenAsTheyStand() throws IOException {
    assertThat(
            Fixture.secondReading(
                new LoadProbe(() -> Fixture.text("0.05 1.20 12.99 1/123 4567\n"))))
        .containsOnly(entry("load.1m", 0.05), entry("load.5m", 1.2), entry("load.15m", 12.99));
    assertThat(Fixture.secondReading(new UptimeProbe(() -> Fixture.text("3605.99 7000.1\n"))))
        .containsOnly(entry("uptime", 3605.0));
  }

  @Test
  void onlyPhysicalDisksAreReadAndSummed() throws IOException {
    List<String> asked = new ArrayList<>();
    String later =
        """
           7       0 loop0 10 0 9980 1 0 0 0 0 0 1 1
           8       0 sda 1000 10 20002 100 500 20 40004 200 0 100 300
           8       1 sda1 900 10 19002 100 500 20 40004 200 0 100 300
         259       0 nvme0n1 100 0 2010 10 50 0 4000 20 0 10 30
         259       1 nvme0n1p1 90 0 1910 10 50 0 4000 20 0 10 30
         253       0 dm-0 1000 0 20012 100 500 0 40004 200 0 100 300
        """;
    var columns = new Columns();
    boolean[] isLater = {false};
    var probe =
        new DiskIoProbe(
            () -> isLater[0] ? Fixture.text(later) : Fixture.file("diskstats").read(),
            name -> {
              asked.add(name);
              return Set.of("sda", "nvme0n1").contains(name);
            });

    probe.read(columns, 0);
    columns.take();
    isLater[0] = true;
    probe.read(columns, 2 * Fixture.SECOND);

    assertThat(Fixture.take(columns))
        .containsOnly(
            entry("disk.read", 6 * 512.0),
            entry("disk.write", 2 * 512.0),
            entry("disk.read:sda", 512.0),
            entry("disk.write:sda", 2 * 512.0),
            entry("disk.read:nvme0n1", 5 * 512.0),
            entry("disk.write:nvme0n1", 0.0));
    assertThat(asked).as("asked once each").doesNotHaveDuplicates();
  }

  @Test
  void diskThatWentAndCameBackBeginsAnew() throws IOException {
    String with = "8 0 sda 1 0 %d 1 1 0 8 1 0 1 1\n";
    List<String> texts =
        List.of(with.formatted(100), "", with.formatted(5000), with.formatted(5002));
    int[] next = {0};
    var probe = new DiskIoProbe(() -> Fixture.text(texts.get(next[0]++)), name -> true);
    var columns = new Columns();
    List<Map<String, Double>> readings = new ArrayList<>();

    for (int second = 0; second < texts.size(); second++) {
      probe.read(columns, second * Fixture.SECOND);
      readings.add(Fixture.take(columns));
    }

    assertThat(readings.get(2)).as("no spike").doesNotContainKey("disk.read");
    assertThat(readings.get(3)).containsEntry("disk.read", 1024.0);
  }

  @Test
  void networkTotalsAreOfInterfacesWithHardware() throws IOException {
    var probe = new NetworkProbe(Fixture.file("net-dev"), name -> name.equals("eth0"));

    assertThat(Fixture.secondReading(probe))
        .containsOnlyKeys(
            "network.receive",
            "network.transmit",
            "network.receive:eth0",
            "network.transmit:eth0",
            "network.receive:docker0",
            "network.transmit:docker0");
  }

  @Test
  void networkTotalsAreOfAllInterfacesWhereNoneHasHardware() throws IOException {
    String head = "a\nb\n lo: 9 0 0 0 0 0 0 0 9 0 0 0 0 0 0 0\n";
    String line = " eth0:%d 0 0 0 0 0 0 0 %d 0 0 0 0 0 0 0\n";
    List<String> texts = List.of(head + line.formatted(100, 50), head + line.formatted(400, 60));
    int[] next = {0};
    var probe = new NetworkProbe(() -> Fixture.text(texts.get(next[0]++)), name -> false);

    assertThat(Fixture.secondReading(probe))
        .containsEntry("network.receive", 300.0)
        .containsEntry("network.transmit", 10.0);
  }

  @Test
  void mountsAreLocalDistinctAndDirectories() throws IOException {
    var mounts = new Mounts(path -> !path.equals("/etc/hosts"));

    assertThat(mounts.paths(Fixture.file("mountinfo").read()))
        .containsExactly("/", "/mnt/my disk", "/tank");
  }

  @Test
  void containerTellsItsRoot() throws IOException {
    var mounts = new Mounts(path -> !path.equals("/etc/hosts"));

    assertThat(mounts.paths(Fixture.file("mountinfo-container").read())).containsExactly("/");
  }

  @Test
  void diskSpaceIsAskedSeldomAndToldEachTime() throws IOException {
    List<String> asked = new ArrayList<>();
    var probe =
        new DiskSpaceProbe(
            Fixture.file("mountinfo"),
            new Mounts(path -> path.equals("/") || path.startsWith("/mnt")),
            path -> {
              asked.add(path);
              return path.equals("/") ? new Space(1000, 400) : new Space(500, 100);
            });
    var columns = new Columns();
    Map<String, Double> last = Map.of();

    for (int second = 0; second < 10; second++) {
      probe.read(columns, second * Fixture.SECOND);
      last = Fixture.take(columns);
    }

    assertThat(asked).containsExactly("/", "/mnt/my disk");
    assertThat(last)
        .containsOnly(
            entry("disk.total", 1500.0),
            entry("disk.used", 500.0),
            entry("disk.total:/", 1000.0),
            entry("disk.used:/", 400.0),
            entry("disk.total:/mnt/my disk", 500.0),
            entry("disk.used:/mnt/my disk", 100.0));
  }

  @Test
  void processesAreTheNamesThatAreNumbers() throws IOException {
    var probe = new ProcessCountProbe(() -> new String[] {"1", "42", "self", "net", "9999"});

    assertThat(Fixture.secondReading(probe)).containsOnly(entry("process.count", 3.0));
  }
}
