// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DescriptorLimitTest {
  @Test
  void aCommandRunsUnderItsLimitOrAsItIs() {
    List<String> command = List.of("java", "-version");

    assertThat(DescriptorLimit.NONE.of(command)).isEqualTo(command);
    assertThat(new DescriptorLimit(256).of(command))
        .containsExactly("prlimit", "--nofile=256:256", "java", "-version");
  }
}
