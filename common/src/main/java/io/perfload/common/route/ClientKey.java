// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.common.route;

import java.net.InetAddress;

/**
 * The part of a client's address that the route looks at, as one number.
 *
 * <p>An IPv4 address and its IPv4-mapped IPv6 form give the same key; any other IPv6 address is
 * known by its /64, for one machine may use every address in it. The IPv4 keys lie in {@code
 * 0:ffff::/32}, which is not assigned to anybody. Stateless; any thread; allocates nothing.
 */
public final class ClientKey {
  private static final long IPV4 = 0x0000_FFFF_0000_0000L;
  private static final int IPV4_LENGTH = 4;
  private static final int IPV6_LENGTH = 16;
  private static final int MAPPED_PREFIX = 0xFFFF;

  private ClientKey() {}

  /** Returns the key of {@code client}. */
  public static long of(InetAddress client) {
    byte[] address = client.getAddress();
    return of(address, 0, address.length);
  }

  /**
   * Returns the key of the address in {@code bytes}, in network order.
   *
   * @param length 4 for IPv4, 16 for IPv6
   */
  public static long of(byte[] bytes, int offset, int length) {
    if (length == IPV4_LENGTH) {
      return ipv4(bytes, offset);
    }
    if (length != IPV6_LENGTH) {
      throw new IllegalArgumentException("length: " + length + " (expected: 4 or 16)");
    }
    long network = word(bytes, offset) << 32 | word(bytes, offset + 4);
    boolean mapped = network == 0 && word(bytes, offset + 8) == MAPPED_PREFIX;
    return mapped ? ipv4(bytes, offset + 12) : network;
  }

  private static long ipv4(byte[] bytes, int offset) {
    return IPV4 | word(bytes, offset);
  }

  private static long word(byte[] bytes, int offset) {
    return (bytes[offset] & 0xFFL) << 24
        | (bytes[offset + 1] & 0xFFL) << 16
        | (bytes[offset + 2] & 0xFFL) << 8
        | (bytes[offset + 3] & 0xFFL);
  }
}
