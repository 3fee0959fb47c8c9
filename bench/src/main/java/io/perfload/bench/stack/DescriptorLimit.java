// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.stack;

import java.util.ArrayList;
import java.util.List;

/**
 * How many descriptors a process may have.
 *
 * @param most 0 for as many as this process may
 */
public record DescriptorLimit(int most) {
  public static final DescriptorLimit NONE = new DescriptorLimit(0);

  /** The command under the limit. */
  List<String> of(List<String> command) {
    if (most == 0) {
      return command;
    }
    List<String> limited = new ArrayList<>(List.of("prlimit", "--nofile=" + most + ":" + most));
    limited.addAll(command);
    return limited;
  }
}
