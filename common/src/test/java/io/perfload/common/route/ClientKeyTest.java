// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.common.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ClientKeyTest {
  @Test
  void anIpv4AddressAndItsMappedFormHaveOneKey() {
    byte[] mapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 10, 1, 2, -3};

    assertThat(ClientKey.of(mapped, 0, 16))
        .isEqualTo(ClientKey.of(new byte[] {10, 1, 2, -3}, 0, 4));
  }

  @Test
  void addressesOfOneIpv6NetworkHaveOneKey() throws UnknownHostException {
    assertThat(ClientKey.of(InetAddress.getByName("2001:db8:1:2::1")))
        .isEqualTo(ClientKey.of(InetAddress.getByName("2001:db8:1:2:ffff:1:2:3")))
        .isNotEqualTo(ClientKey.of(InetAddress.getByName("2001:db8:1:3::1")));
  }

  @Property
  void differentIpv4AddressesHaveDifferentKeys(
      @ForAll @Size(4) byte[] one, @ForAll @Size(4) byte[] other) {
    boolean same = java.util.Arrays.equals(one, other);

    assertThat(ClientKey.of(one, 0, 4) == ClientKey.of(other, 0, 4)).isEqualTo(same);
  }

  @Property
  void anAddressIsReadWhereItLies(@ForAll @Size(25) byte[] bytes) {
    byte[] moved = java.util.Arrays.copyOfRange(bytes, 1, 17);

    assertThat(ClientKey.of(bytes, 1, 16)).isEqualTo(ClientKey.of(moved, 0, 16));
  }

  @Test
  void otherLengthsAreRefused() {
    assertThatThrownBy(() -> ClientKey.of(new byte[8], 0, 8))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("length: 8 (expected: 4 or 16)");
  }
}
