// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.perfload.common.model.HostFacts;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class MachineIT {
  private static final long MIB = 1 << 20;

  @Test
  void readingsAgreeWithWhatTheKernelSays() throws IOException {
    Map<String, Double> values = read(Machine.local());

    assertThat(values.get("memory.total")).isEqualTo(meminfo("MemTotal:"));
    assertThat(values.get("memory.used"))
        .isCloseTo(meminfo("MemTotal:") - meminfo("MemAvailable:"), within(300.0 * MIB));
    assertThat(values.get("memory.free")).isCloseTo(meminfo("MemFree:"), within(300.0 * MIB));
    double uptime = Double.parseDouble(words("/proc/uptime")[0]);
    assertThat(values.get("uptime")).isCloseTo(uptime, within(2.0));
    assertThat(values.get("load.15m"))
        .isCloseTo(Double.parseDouble(words("/proc/loadavg")[2]), within(0.5));
    assertThat(values.get("disk.total:/")).isEqualTo((double) new File("/").getTotalSpace());
    assertThat(values.get("process.count")).isCloseTo(processes(), within(30.0));
    assertThat(values.get("cpu.utilization")).isBetween(0.0, 1.0);
    assertThat(values.keySet().stream().filter(key -> key.startsWith("cpu.utilization:")))
        .hasSize(Runtime.getRuntime().availableProcessors());
    assertThat(values).containsKeys("network.receive", "network.transmit");
  }

  @Test
  void factsAreThoseOfThisMachine() throws IOException {
    HostFacts facts = Machine.local().facts();

    assertThat(facts.os().type()).isEqualTo("Linux");
    assertThat(facts.os().name()).isNotBlank();
    assertThat(facts.os().arch()).isEqualTo(System.getProperty("os.arch"));
    assertThat(facts.cpu().logicalCores())
        .isGreaterThanOrEqualTo(Runtime.getRuntime().availableProcessors());
    assertThat(facts.cpu().physicalCores()).isBetween(1, facts.cpu().logicalCores());
    assertThat((double) facts.memoryTotal()).isEqualTo(meminfo("MemTotal:"));
    long uptimeMs = (long) (Double.parseDouble(words("/proc/uptime")[0]) * 1000);
    assertThat(facts.bootedAtMs() + uptimeMs).isCloseTo(System.currentTimeMillis(), within(5_000L));
    assertThat(Machine.local().hostName()).isEqualTo(words("/proc/sys/kernel/hostname")[0]);
  }

  /** The other systems cannot be tried here; that OSHI is asked rightly can. */
  @Test
  void oshiReadsTheSameMachine() throws IOException {
    Map<String, Double> direct = read(Machine.local());
    Map<String, Double> byOshi = read(new OshiMachine());

    assertThat(byOshi.get("memory.total")).isEqualTo(direct.get("memory.total"));
    assertThat(byOshi.get("memory.used")).isCloseTo(direct.get("memory.used"), within(300.0 * MIB));
    assertThat(byOshi.get("uptime")).isCloseTo(direct.get("uptime"), within(10.0));
    assertThat(byOshi.get("disk.total:/")).isEqualTo(direct.get("disk.total:/"));
    assertThat(byOshi.get("cpu.utilization")).isBetween(0.0, 1.0);
    assertThat(byOshi.get("process.count")).isCloseTo(direct.get("process.count"), within(30.0));
    assertThat(byOshi).containsKeys("network.receive", "network.transmit", "load.1m");
    HostFacts facts = new OshiMachine().facts();
    assertThat(facts.cpu().logicalCores()).isEqualTo(Machine.local().facts().cpu().logicalCores());
    assertThat(facts.os().name()).isNotBlank();
  }

  @Test
  void longTextsAreReadWhole() throws IOException {
    TextLines lines = new KernelFile(Path.of("/proc/cpuinfo")).read();
    int processors = 0;
    while (lines.next()) {
      processors += lines.skip("processor") ? 1 : 0;
    }

    assertThat(processors).isEqualTo(Machine.local().facts().cpu().logicalCores());
  }

  @Test
  void fileThatIsGoneIsAFailureEachTime() {
    var file = new KernelFile(Path.of("/proc/no-such-file"));

    org.assertj.core.api.Assertions.assertThatThrownBy(file::read).isInstanceOf(IOException.class);
    org.assertj.core.api.Assertions.assertThatThrownBy(file::read).isInstanceOf(IOException.class);
  }

  private static Map<String, Double> read(Machine machine) {
    var probes = new Probes(machine.probes());
    probes.read(System.nanoTime()).take();
    long until = System.nanoTime() + 300_000_000;
    while (System.nanoTime() < until) {
      LockSupport.parkNanos(until - System.nanoTime());
    }
    Map<String, Double> values = Fixture.take(probes.read(System.nanoTime()));
    assertThat(probes.failures()).isZero();
    return values;
  }

  private static double meminfo(String field) throws IOException {
    return Files.readAllLines(Path.of("/proc/meminfo")).stream()
        .filter(line -> line.startsWith(field))
        .mapToDouble(line -> Double.parseDouble(line.split("\\s+", -1)[1]) * 1024)
        .findFirst()
        .orElseThrow();
  }

  private static double processes() {
    String[] names = new File("/proc").list();
    return names == null ? 0 : Arrays.stream(names).filter(name -> name.matches("\\d+")).count();
  }

  private static String[] words(String file) throws IOException {
    return Files.readString(Path.of(file)).strip().split("\\s+", -1);
  }
}
