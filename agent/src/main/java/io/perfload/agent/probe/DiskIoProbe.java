// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.probe;

import io.perfload.common.model.Catalogue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Bytes read from and written to physical disks, from /proc/diskstats. Partitions, loop devices,
 * memory disks and those made of other disks (dm, md) would count the same bytes again.
 */
final class DiskIoProbe implements Probe {
  /** What the kernel counts in, whatever the disk's own sectors are. */
  private static final int SECTOR = 512;

  private static final int MAX_DISKS = 128;

  private final TextSource diskstats;
  private final Predicate<String> physical;
  private final List<Device> devices = new ArrayList<>();
  private int round;

  /**
   * Reads disks.
   *
   * @param physical tells whether a block device is a disk of its own; asked once for each
   */
  DiskIoProbe(TextSource diskstats, Predicate<String> physical) {
    this.diskstats = diskstats;
    this.physical = physical;
  }

  @Override
  public String subject() {
    return "disk traffic";
  }

  @Override
  public void read(Columns columns, long nanoTime) throws IOException {
    var read = new RateSum();
    var written = new RateSum();
    TextLines lines = diskstats.read();
    round++;
    while (lines.next()) {
      Device device = device(lines.skipWords(2), columns);
      device.round = round;
      if (device.flows.isPresent()) {
        long sectorsRead = lines.skipWords(2).number();
        long sectorsWritten = lines.skipWords(3).number();
        TwoFlows flows = device.flows.get();
        read.add(flows.first().next(sectorsRead * SECTOR, nanoTime));
        written.add(flows.second().next(sectorsWritten * SECTOR, nanoTime));
      }
    }
    devices.removeIf(device -> device.round != round);
    columns.of(Catalogue.DISK_READ).set(read.value());
    columns.of(Catalogue.DISK_WRITE).set(written.value());
  }

  private Device device(TextLines lines, Columns columns) {
    for (Device device : devices) {
      if (lines.skipWord(device.name)) {
        return device;
      }
    }
    String name = lines.word();
    var device = new Device(name, flows(name, columns));
    devices.add(device);
    return device;
  }

  private Optional<TwoFlows> flows(String name, Columns columns) {
    long counted = devices.stream().filter(device -> device.flows.isPresent()).count();
    if (counted >= MAX_DISKS || !physical.test(name)) {
      return Optional.empty();
    }
    return Optional.of(
        new TwoFlows(
            new Flow(columns.of(Catalogue.DISK_READ, name)),
            new Flow(columns.of(Catalogue.DISK_WRITE, name))));
  }

  /** A block device; flows only if it is a physical disk. */
  private static final class Device {
    private final String name;
    private final Optional<TwoFlows> flows;
    private int round;

    Device(String name, Optional<TwoFlows> flows) {
      this.name = name;
      this.flows = flows;
    }
  }
}
