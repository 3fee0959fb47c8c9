// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.HashSet;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRangeTest {
  private final AddressRange loopback = AddressRange.parse("127.0.0.0/8").orElseThrow();

  @Property
  void everyNumberHasAnAddressThatAClientMayHave(@ForAll @LongRange(min = 0) long index) {
    byte[] address = loopback.address(index).getAddress();

    assertThat(address[0]).isEqualTo((byte) 127);
    assertThat(address).isNotEqualTo(new byte[] {127, 0, 0, 0});
    assertThat(address).isNotEqualTo(new byte[] {127, -1, -1, -1});
  }

  @Test
  void tensOfThousandsOfClientsHaveAnAddressEach() {
    Set<InetAddress> addresses = new HashSet<>();
    for (int i = 0; i < 50_000; i++) {
      addresses.add(loopback.address(i));
    }

    assertThat(addresses).hasSizeGreaterThan(49_990);
  }

  @Test
  void aRangeOfOneIsThatOne() {
    AddressRange one = AddressRange.parse("127.0.0.1/32").orElseThrow();

    assertThat(one.address(0)).isEqualTo(one.address(17)).hasToString("/127.0.0.1");
  }

  @Test
  void theBitsOfTheHostAreNoPartOfTheNetwork() {
    assertThat(AddressRange.parse("127.1.2.3/16")).hasToString("Optional[127.1.0.0/16]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "127.0.0.1", "127.0.0/8", "256.0.0.0/8", "127.0.0.0/33", "a.b.c.d/8"})
  void whatIsNoRangeIsRefused(String text) {
    assertThat(AddressRange.parse(text)).isEmpty();
  }
}
