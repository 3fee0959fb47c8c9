// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.common.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostPortTest {
  @Test
  void namesAndAddressesOfBothFamiliesAreUnderstood() {
    assertThat(parse("monitor.example:8000")).contains(new HostPort("monitor.example", 8000));
    assertThat(parse("127.0.0.1:0")).contains(new HostPort("127.0.0.1", 0));
    assertThat(parse("[::1]:8000")).contains(new HostPort("::1", 8000));
  }

  @Test
  void anAddressIsWrittenAsItIsRead() {
    assertThat(parse("[::1]:8000").orElseThrow()).hasToString("[::1]:8000");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "host", "host:", ":80", "host:65536", "::1:80", "a b:1"})
  void anythingElseIsRefused(String text) {
    assertThat(parse(text)).isEmpty();
  }

  private static Optional<HostPort> parse(String text) {
    return Parser.hostPort().parse(List.of(text));
  }
}
