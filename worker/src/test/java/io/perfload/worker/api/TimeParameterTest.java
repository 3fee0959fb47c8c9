// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeParameterTest {
  private static final long NOW = 1_000_000_000_000L;

  @ParameterizedTest
  @CsvSource({
    "now, 1000000000000",
    "1234, 1234",
    "-1ms, 999999999999",
    "-90s, 999999910000",
    "-5m, 999999700000",
    "-2h, 999992800000",
    "-1d, 999913600000"
  })
  void momentsAreReadAsPeopleWriteThem(String text, long expected) {
    assertThat(TimeParameter.parse(text, NOW)).hasValue(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "5m", "-5", "-m", "-5y", "+5m", "yesterday", "1e3", "999999999999999"})
  void anythingElseIsNoMoment(String text) {
    assertThat(TimeParameter.parse(text, NOW)).isEmpty();
  }

  @Test
  void nothingIsBeforeTheEpoch() {
    assertThat(TimeParameter.parse("-999999999d", NOW)).hasValue(0L);
  }
}
