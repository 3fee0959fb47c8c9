// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.common.model;

import java.util.List;

/** The measures every agent has. Names stay; more may come. */
public final class Catalogue {
  public static final Measure CPU_UTILIZATION = ratio("cpu.utilization");
  public static final Measure CPU_USER = ratio("cpu.user");
  public static final Measure CPU_SYSTEM = ratio("cpu.system");
  public static final Measure CPU_IOWAIT = ratio("cpu.iowait");
  public static final Measure CPU_STEAL = ratio("cpu.steal");
  public static final Measure LOAD_1M = new Measure("load.1m", Unit.ONE, Kind.GAUGE, 2);
  public static final Measure LOAD_5M = new Measure("load.5m", Unit.ONE, Kind.GAUGE, 2);
  public static final Measure LOAD_15M = new Measure("load.15m", Unit.ONE, Kind.GAUGE, 2);
  public static final Measure MEMORY_TOTAL = bytes("memory.total");
  public static final Measure MEMORY_USED = bytes("memory.used");
  public static final Measure MEMORY_FREE = bytes("memory.free");
  public static final Measure MEMORY_AVAILABLE = bytes("memory.available");
  public static final Measure MEMORY_CACHED = bytes("memory.cached");
  public static final Measure SWAP_TOTAL = bytes("swap.total");
  public static final Measure SWAP_USED = bytes("swap.used");
  public static final Measure DISK_TOTAL = bytes("disk.total");
  public static final Measure DISK_USED = bytes("disk.used");
  public static final Measure DISK_READ = bytesPerSecond("disk.read");
  public static final Measure DISK_WRITE = bytesPerSecond("disk.write");
  public static final Measure NETWORK_RECEIVE = bytesPerSecond("network.receive");
  public static final Measure NETWORK_TRANSMIT = bytesPerSecond("network.transmit");
  public static final Measure UPTIME = new Measure("uptime", Unit.SECONDS, Kind.GAUGE, 0);
  public static final Measure PROCESS_COUNT = new Measure("process.count", Unit.ONE, Kind.GAUGE, 0);

  private static final List<Entry> ENTRIES =
      List.of(
          new Entry(CPU_UTILIZATION, "Busy share of all cores; with an instance, of that core."),
          new Entry(CPU_USER, "Share of time in user programs, niced ones included."),
          new Entry(CPU_SYSTEM, "Share of time in the kernel, interrupts included."),
          new Entry(CPU_IOWAIT, "Share of time idle while a disk request was outstanding."),
          new Entry(CPU_STEAL, "Share of time the hypervisor gave to other machines."),
          new Entry(LOAD_1M, "Runnable and uninterruptible tasks, averaged over one minute."),
          new Entry(LOAD_5M, "Runnable and uninterruptible tasks, averaged over five minutes."),
          new Entry(LOAD_15M, "Runnable and uninterruptible tasks, averaged over fifteen minutes."),
          new Entry(MEMORY_TOTAL, "Memory the system can use."),
          new Entry(MEMORY_USED, "Memory that programs could not get: total less available."),
          new Entry(MEMORY_FREE, "Memory nobody uses."),
          new Entry(MEMORY_AVAILABLE, "Memory that programs can get without swapping."),
          new Entry(MEMORY_CACHED, "Memory that holds files and can be given up."),
          new Entry(SWAP_TOTAL, "Size of all swap areas."),
          new Entry(SWAP_USED, "Swap in use."),
          new Entry(
              DISK_TOTAL, "Size of the file systems on disks; with an instance, of that mount."),
          new Entry(DISK_USED, "Space in use on disks; with an instance, on that mount."),
          new Entry(DISK_READ, "Bytes read from disks; with an instance, from that device."),
          new Entry(DISK_WRITE, "Bytes written to disks; with an instance, to that device."),
          new Entry(NETWORK_RECEIVE, "Bytes received; with an instance, by that interface."),
          new Entry(NETWORK_TRANSMIT, "Bytes sent; with an instance, by that interface."),
          new Entry(UPTIME, "Time since the machine started."),
          new Entry(PROCESS_COUNT, "Processes, threads not counted."));

  private Catalogue() {}

  /** All of them, in the order people read them. */
  public static List<Entry> entries() {
    return ENTRIES;
  }

  private static Measure ratio(String name) {
    return new Measure(name, Unit.RATIO, Kind.GAUGE, 4);
  }

  private static Measure bytes(String name) {
    return new Measure(name, Unit.BYTES, Kind.GAUGE, 0);
  }

  private static Measure bytesPerSecond(String name) {
    return new Measure(name, Unit.BYTES_PER_SECOND, Kind.RATE, 0);
  }

  /**
   * A measure and what it means.
   *
   * @param description one sentence for people
   */
  public record Entry(Measure measure, String description) {}
}
