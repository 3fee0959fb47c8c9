// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.common.model;

import static java.util.Objects.requireNonNull;

/**
 * What seldom changes on a host. A text that could not be read is empty, a number that could not be
 * read is 0.
 *
 * @param memoryTotal bytes
 * @param bootedAtMs Unix time in milliseconds
 */
public record HostFacts(Os os, Cpu cpu, long memoryTotal, long bootedAtMs, String agentVersion) {
  public HostFacts {
    requireNonNull(os, "os");
    requireNonNull(cpu, "cpu");
    requireNonNull(agentVersion, "agentVersion");
  }

  /**
   * The operating system.
   *
   * @param type the family, such as {@code Linux}
   * @param name the distribution, such as {@code Debian GNU/Linux}
   * @param version as the distribution writes it
   * @param arch such as {@code amd64}
   */
  public record Os(String type, String name, String version, String arch) {}

  /**
   * The processors.
   *
   * @param model as the maker writes it
   * @param clockHz nominal or greatest clock, in hertz
   */
  public record Cpu(String model, int physicalCores, int logicalCores, long clockHz) {}
}
