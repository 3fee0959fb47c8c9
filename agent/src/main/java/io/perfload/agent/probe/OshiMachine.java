// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.probe;

import io.perfload.common.Version;
import io.perfload.common.model.HostFacts;
import java.util.List;
import oshi.SystemInfo;
import oshi.hardware.CentralProcessor;
import oshi.hardware.HardwareAbstractionLayer;
import oshi.software.os.OperatingSystem;

/**
 * Any system that OSHI knows: macOS, Windows, the BSDs. It loads native code and some hundred
 * classes, so that nothing but this class and the probes it makes may mention OSHI.
 */
final class OshiMachine implements Machine {
  private final HardwareAbstractionLayer hardware;
  private final OperatingSystem system;

  OshiMachine() {
    // OSHI logs through SLF4J, which would complain that nobody listens
    System.setProperty("slf4j.internal.verbosity", "ERROR");
    var info = new SystemInfo();
    hardware = info.getHardware();
    system = info.getOperatingSystem();
  }

  @Override
  public List<Probe> probes() {
    return List.of(
        new OshiCpuProbe(hardware.getProcessor()),
        new OshiMemoryProbe(hardware.getMemory()),
        new OshiDiskSpaceProbe(system.getFileSystem()),
        new OshiDiskIoProbe(hardware::getDiskStores),
        new OshiNetworkProbe(hardware::getNetworkIFs),
        new OshiSystemProbe(system));
  }

  @Override
  public HostFacts facts() {
    CentralProcessor processor = hardware.getProcessor();
    return new HostFacts(
        new HostFacts.Os(
            InstanceName.of(system.getFamily()),
            InstanceName.of(system.getManufacturer() + " " + system.getFamily()),
            InstanceName.of(system.getVersionInfo().toString()),
            System.getProperty("os.arch", "")),
        new HostFacts.Cpu(
            InstanceName.of(processor.getProcessorIdentifier().getName().strip()),
            processor.getPhysicalProcessorCount(),
            processor.getLogicalProcessorCount(),
            Math.max(0, processor.getMaxFreq())),
        hardware.getMemory().getTotal(),
        system.getSystemBootTime() * 1000,
        Version.current());
  }

  @Override
  public String hostName() {
    return InstanceName.of(system.getNetworkParams().getHostName());
  }
}
