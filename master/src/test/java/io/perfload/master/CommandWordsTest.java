// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.master;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CommandWordsTest {
  @Test
  void blanksDivideAndQuotesHoldTogether() {
    assertThat(
            CommandWords.of("  java -jar 'a worker.jar' --label \"it's\" x\"y z\" ''")
                .orElseThrow())
        .containsExactly("java", "-jar", "a worker.jar", "--label", "it's", "xy z", "");
  }

  @Test
  void anOpenQuoteOrNothingIsNoCommand() {
    assertThat(CommandWords.of("java 'x")).isEmpty();
    assertThat(CommandWords.of(" \t")).isEmpty();
  }
}
