// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.fleet;

import io.perfload.common.model.Catalogue;
import io.perfload.common.model.HostFacts;
import io.perfload.common.model.HostId;
import io.perfload.common.model.HostProfile;
import io.perfload.common.model.Measure;
import io.perfload.common.model.Series;
import io.perfload.common.model.SeriesSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A lightly used machine that is not there: 40 series, as an agent would read them, that follow
 * from its number and the second alone. So nothing has to be kept for its chunks: they can be read
 * again. Processors have a hundred ticks a second, memory and files come in pages, disks are mostly
 * quiet, loads move every five seconds. Immutable; any thread.
 */
public final class SimulatedMachine {
  private static final int CORES = 3;
  private static final long PAGE = 4096;
  private static final long GIGABYTE = 1L << 30;
  private static final long MEMORY = 16 * GIGABYTE;
  private static final long SEED = 0x5eed_0f_f1ee7L;

  /** The series of every simulated machine. */
  public static final SeriesSet SERIES = SeriesSet.of(series());

  private static final Column[] COLUMNS =
      SERIES.series().stream().map(SimulatedMachine::column).toArray(Column[]::new);

  private final int number;
  private final long seed;

  /**
   * @param number from 0; two of the same number are the same machine
   */
  public SimulatedMachine(int number) {
    this.number = number;
    this.seed = Noise.bits(SEED, number, 0);
  }

  /** Who it is. */
  public HostProfile profile() {
    var id = HostId.of((seed & ~0xF000L) | 0x4000L, (Noise.bits(seed, 1, 0) >>> 2) | (1L << 63));
    var os = new HostFacts.Os("Linux", "Debian GNU/Linux", "12 (bookworm)", "amd64");
    var cpu = new HostFacts.Cpu("Simulated", CORES, CORES, 2_400_000_000L);
    var facts = new HostFacts(os, cpu, MEMORY, bootSecond() * 1000, "simulated");
    String name = String.format(Locale.ROOT, "sim-%05d", number);
    var labels = new TreeMap<>(Map.of("env", number % 4 == 0 ? "prod" : "test", "sim", "yes"));
    return new HostProfile(id, name, labels, facts);
  }

  /** Reads all series; a scaled value a column of {@link #SERIES}. */
  public long[] read(long second) {
    long[] values = new long[COLUMNS.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = COLUMNS[i].measure.scale(COLUMNS[i].reading.at(this, second));
    }
    return values;
  }

  /** A number in [0, 1) that is its own: spreads machines over a second or a minute. */
  public double phase() {
    return Noise.unit(seed, 2, 0);
  }

  private long bootSecond() {
    return 1_700_000_000L + (long) (10_000_000 * Noise.unit(seed, 3, 0));
  }

  private double busy(int core, long second) {
    double level = 0.15 * Noise.wander(seed, 10L + core, second, 30);
    double jitter = 0.05 * Noise.unit(seed, 20L + core, second);
    return Math.rint((level + jitter) * 100) / 100;
  }

  private double busy(long second) {
    double sum = 0;
    for (int core = 0; core < CORES; core++) {
      sum += busy(core, second);
    }
    return sum / CORES;
  }

  private double load(int what, long second) {
    return 0.2 + Noise.wander(seed, what, second / 5, 12);
  }

  private long used(long second) {
    double level = 0.3 + 0.02 * Noise.wander(seed, 40, second, 120);
    return pages(MEMORY * level) + PAGE * (long) (64 * Noise.unit(seed, 41, second));
  }

  private long cached(long second) {
    return pages(MEMORY * (0.4 + 0.01 * Noise.wander(seed, 42, second, 300)));
  }

  private long mounted(long mount, long second) {
    return (10 + mount) * GIGABYTE + pages(GIGABYTE * Noise.wander(seed, 50 + mount, second, 3600));
  }

  private long transferred(long device, long second, double often) {
    boolean quiet = Noise.unit(seed, 60 + device, second) > often;
    return quiet ? 0 : PAGE * (1 + (long) (100 * Noise.unit(seed, 70 + device, second)));
  }

  private long traffic(long device, long second) {
    double level = 2000 + 20_000 * Noise.wander(seed, 80 + device, second, 20);
    return (long) (level * (0.8 + 0.4 * Noise.unit(seed, 90 + device, second)));
  }

  private static long pages(double bytes) {
    return ((long) (bytes / PAGE)) * PAGE;
  }

  private static List<Series> series() {
    List<Series> series = new ArrayList<>();
    Catalogue.entries().forEach(entry -> series.add(Series.of(entry.measure())));
    for (int core = 0; core < CORES; core++) {
      series.add(new Series(Catalogue.CPU_UTILIZATION, String.valueOf(core)));
    }
    for (String mount : List.of("/", "/boot", "/data")) {
      series.add(new Series(Catalogue.DISK_TOTAL, mount));
      series.add(new Series(Catalogue.DISK_USED, mount));
    }
    for (String disk : List.of("sda", "sdb")) {
      series.add(new Series(Catalogue.DISK_READ, disk));
      series.add(new Series(Catalogue.DISK_WRITE, disk));
    }
    for (String device : List.of("eth0", "eth1")) {
      series.add(new Series(Catalogue.NETWORK_RECEIVE, device));
      series.add(new Series(Catalogue.NETWORK_TRANSMIT, device));
    }
    return series;
  }

  private static Column column(Series series) {
    return new Column(series.measure(), reading(series));
  }

  private static Reading reading(Series series) {
    return switch (series.key()) {
      case "cpu.utilization" -> (machine, second) -> machine.busy(second);
      case "cpu.utilization:0" -> (machine, second) -> machine.busy(0, second);
      case "cpu.utilization:1" -> (machine, second) -> machine.busy(1, second);
      case "cpu.utilization:2" -> (machine, second) -> machine.busy(2, second);
      case "cpu.user" -> (machine, second) -> 0.7 * machine.busy(second);
      case "cpu.system" -> (machine, second) -> 0.3 * machine.busy(second);
      case "cpu.iowait" -> (machine, second) -> machine.transferred(1, second, 0.1) / 1e8;
      case "cpu.steal" -> (machine, second) -> 0;
      case "load.1m" -> (machine, second) -> machine.load(30, second);
      case "load.5m" -> (machine, second) -> machine.load(31, second / 5);
      case "load.15m" -> (machine, second) -> machine.load(32, second / 15);
      case "memory.total" -> (machine, second) -> MEMORY;
      case "memory.used" -> (machine, second) -> machine.used(second);
      case "memory.available" -> (machine, second) -> MEMORY - machine.used(second);
      case "memory.cached" -> (machine, second) -> machine.cached(second);
      case "memory.free" ->
          (machine, second) -> MEMORY - machine.used(second) - machine.cached(second);
      case "swap.total" -> (machine, second) -> 2 * GIGABYTE;
      case "swap.used" -> (machine, second) -> 0;
      case "disk.total" -> (machine, second) -> 121 * GIGABYTE;
      case "disk.total:/" -> (machine, second) -> 40 * GIGABYTE;
      case "disk.total:/boot" -> (machine, second) -> GIGABYTE;
      case "disk.total:/data" -> (machine, second) -> 80 * GIGABYTE;
      case "disk.used" ->
          (machine, second) -> machine.mounted(0, second) + machine.mounted(9, second);
      case "disk.used:/" -> (machine, second) -> machine.mounted(0, second);
      case "disk.used:/boot" -> (machine, second) -> GIGABYTE / 4;
      case "disk.used:/data" -> (machine, second) -> machine.mounted(9, second);
      case "disk.read" ->
          (machine, second) ->
              machine.transferred(1, second, 0.1) + machine.transferred(2, second, 0.05);
      case "disk.read:sda" -> (machine, second) -> machine.transferred(1, second, 0.1);
      case "disk.read:sdb" -> (machine, second) -> machine.transferred(2, second, 0.05);
      case "disk.write" ->
          (machine, second) ->
              machine.transferred(3, second, 0.3) + machine.transferred(4, second, 0.1);
      case "disk.write:sda" -> (machine, second) -> machine.transferred(3, second, 0.3);
      case "disk.write:sdb" -> (machine, second) -> machine.transferred(4, second, 0.1);
      case "network.receive" ->
          (machine, second) -> machine.traffic(0, second) + machine.traffic(1, second);
      case "network.receive:eth0" -> (machine, second) -> machine.traffic(0, second);
      case "network.receive:eth1" -> (machine, second) -> machine.traffic(1, second);
      case "network.transmit" ->
          (machine, second) -> machine.traffic(2, second) + machine.traffic(3, second);
      case "network.transmit:eth0" -> (machine, second) -> machine.traffic(2, second);
      case "network.transmit:eth1" -> (machine, second) -> machine.traffic(3, second);
      case "uptime" -> (machine, second) -> second - machine.bootSecond();
      case "process.count" ->
          (machine, second) -> 120 + Math.rint(20 * Noise.wander(machine.seed, 33, second, 60));
      default -> throw new IllegalStateException("no reading for " + series.key());
    };
  }

  private record Column(Measure measure, Reading reading) {}

  @FunctionalInterface
  private interface Reading {
    double at(SimulatedMachine machine, long second);
  }
}
