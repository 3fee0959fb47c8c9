// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.probe;

import io.perfload.common.model.HostFacts;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A Linux system: everything comes from the files below /proc and /sys. */
final class LinuxMachine implements Machine {
  private final Path root;

  /**
   * Reads a system.
   *
   * @param root where /proc, /sys and /etc are found
   */
  LinuxMachine(Path root) {
    this.root = root;
  }

  @Override
  public List<Probe> probes() {
    return List.of(
        new CpuProbe(file("proc/stat")),
        new LoadProbe(file("proc/loadavg")),
        new MemoryProbe(file("proc/meminfo")),
        new DiskSpaceProbe(
            file("proc/self/mountinfo"),
            new Mounts(path -> new File(path).isDirectory()),
            LinuxMachine::space),
        new DiskIoProbe(file("proc/diskstats"), this::isPhysicalDisk),
        new NetworkProbe(file("proc/net/dev"), this::isPhysicalInterface),
        new UptimeProbe(file("proc/uptime")),
        new ProcessCountProbe(this::processes));
  }

  @Override
  public HostFacts facts() {
    return new LinuxFacts(root).read();
  }

  @Override
  public String hostName() {
    return LinuxFacts.text(root.resolve("proc/sys/kernel/hostname"));
  }

  private KernelFile file(String path) {
    return new KernelFile(root.resolve(path));
  }

  /** {@code java.nio.file.FileStore} would read the table of mounts again for each of them. */
  private static Space space(String path) {
    var file = new File(path);
    long total = file.getTotalSpace();
    return new Space(total, Math.max(0, total - file.getFreeSpace()));
  }

  /**
   * Disks have a directory of their own, which partitions have not, and hardware behind it. In a
   * container without /sys the name has to do.
   */
  private boolean isPhysicalDisk(String name) {
    Path blocks = root.resolve("sys/block");
    if (Files.isDirectory(blocks)) {
      return Files.exists(blocks.resolve(name.replace('/', '!')).resolve("device"))
          && !name.startsWith("sr")
          && !name.startsWith("fd");
    }
    return DiskNames.isWholeDisk(name);
  }

  private boolean isPhysicalInterface(String name) {
    return Files.exists(root.resolve("sys/class/net").resolve(name).resolve("device"));
  }

  private String[] processes() throws IOException {
    String[] names = root.resolve("proc").toFile().list();
    if (names == null) {
      throw new IOException("/proc cannot be listed");
    }
    return names;
  }
}
