// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.common.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRangesTest {
  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, true",
    "127.255.255.255, true",
    "128.0.0.1, false",
    "126.255.255.255, false",
    "192.0.2.7, true",
    "192.0.2.8, false",
    "2001:db8:1:2::3, true",
    "2001:db9::1, false",
    "::1, true",
    "::2:0:0:0:1, false",
    "::ffff:127.0.0.9, true",
  })
  void anAddressIsInOneOfTheRangesOrNot(String address, boolean expected) throws Exception {
    var ranges = ranges("127.0.0.0/8, 192.0.2.7 ,2001:db8::/32,::1/128");

    assertThat(ranges.contains(key(address))).isEqualTo(expected);
  }

  @Test
  void noneIsNobody() throws Exception {
    assertThat(ranges("none").contains(key("127.0.0.1"))).isFalse();
  }

  @Test
  void everybodyIsTwoRanges() throws Exception {
    var ranges = ranges("0.0.0.0/0, ::/0");

    assertThat(ranges.contains(key("203.0.113.9"))).isTrue();
    assertThat(ranges.contains(key("fe80::1"))).isTrue();
  }

  @Test
  void allOfIpv4IsNothingOfIpv6() throws Exception {
    assertThat(ranges("0.0.0.0/0").contains(key("2001:db8::1"))).isFalse();
  }

  @Test
  void anIpv6RangeLongerThan64StandsForIts64() throws Exception {
    assertThat(ranges("2001:db8::7/128").contains(key("2001:db8::8"))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ",",
        "10.0.0.0/33",
        "::/129",
        "10.0.0",
        "1234",
        "10.0.0.0/8,",
        "example.org",
        "256.0.0.1",
        "10.0.0.0/-1",
        "cafe",
        "1::2::3",
        "none,::1"
      })
  void whatIsNoRangeIsRefused(String text) {
    assertThat(AddressRanges.parse(text)).isEmpty();
  }

  @Test
  void theyReadAsTheyWereWritten() {
    assertThat(ranges("10.0.0.0/8, ::1")).hasToString("10.0.0.0/8, ::1");
  }

  @Property
  void anAddressIsInItsOwnRangeAndItsNeighbourBeyondTheRangeIsNot(
      @ForAll int address, @ForAll @IntRange(min = 1, max = 32) int prefix) throws Exception {
    var ranges = ranges(text(address) + "/" + prefix);
    int beyond = address ^ (1 << (32 - prefix));

    assertThat(ranges.contains(key(text(address)))).isTrue();
    assertThat(ranges.contains(key(text(beyond)))).isFalse();
  }

  private static String text(int address) {
    return (address >>> 24)
        + "."
        + ((address >>> 16) & 0xFF)
        + "."
        + ((address >>> 8) & 0xFF)
        + "."
        + (address & 0xFF);
  }

  private static AddressRanges ranges(String text) {
    return AddressRanges.parse(text).orElseThrow(() -> new AssertionError(text));
  }

  private static long key(String address) throws UnknownHostException {
    return ClientKey.of(InetAddress.getByName(address));
  }
}
