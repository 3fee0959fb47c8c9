// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.common.route;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Ranges of client addresses, such as {@code 10.0.0.0/8, 2001:db8::/32}.
 *
 * <p>Clients are known by their {@link ClientKey}, so an IPv6 range longer than /64 stands for its
 * /64. Immutable; any thread; {@link #contains} allocates nothing.
 */
public final class AddressRanges {
  private static final String BYTE = "(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)";
  private static final Pattern RANGE = Pattern.compile("([0-9a-fA-F:.]{2,45})(?:/(\\d{1,3}))?");
  private static final Pattern IPV4 = Pattern.compile(BYTE + "(?:\\." + BYTE + "){3}");
  private static final int IPV4_BITS = 32;
  private static final int IPV6_BITS = 128;

  /** Nobody's address. */
  public static final AddressRanges NONE = new AddressRanges("none", new long[0], new long[0]);

  /** This machine itself. */
  public static final AddressRanges LOOPBACK = parse("127.0.0.0/8, ::1").orElseThrow();

  /** Ends the sentence "expected: …". */
  public static final String EXPECTED = "addresses or ranges with commas, or none";

  private final String text;
  private final long[] masks;
  private final long[] networks;

  private AddressRanges(String text, long[] masks, long[] networks) {
    this.text = text;
    this.masks = masks;
    this.networks = networks;
  }

  /** Returns the ranges that {@code text} lists with commas, {@code none} being no range. */
  public static Optional<AddressRanges> parse(String text) {
    if (text.strip().equals(NONE.text)) {
      return Optional.of(NONE);
    }
    String[] parts = text.split(",", -1);
    long[] masks = new long[parts.length];
    long[] networks = new long[parts.length];
    for (int i = 0; i < parts.length; i++) {
      Matcher range = RANGE.matcher(parts[i].strip());
      if (!range.matches() || !range(range, i, masks, networks)) {
        return Optional.empty();
      }
    }
    return Optional.of(new AddressRanges(text.strip(), masks, networks));
  }

  private static boolean range(Matcher range, int index, long[] masks, long[] networks) {
    String address = range.group(1);
    boolean ipv4 = IPV4.matcher(address).matches();
    if (!ipv4 && address.indexOf(':') < 0) {
      return false; // InetAddress would know it as a short form, or as a name
    }
    int bits = ipv4 ? IPV4_BITS : IPV6_BITS;
    int prefix = range.group(2) == null ? bits : Integer.parseInt(range.group(2));
    if (prefix > bits) {
      return false;
    }
    try {
      long key = ClientKey.of(InetAddress.getByName(address));
      masks[index] = mask(ipv4 ? IPV4_BITS + prefix : Math.min(Long.SIZE, prefix));
      networks[index] = key & masks[index];
      return true;
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private static long mask(int bits) {
    return bits == 0 ? 0 : -1L << (Long.SIZE - bits);
  }

  /**
   * Whether the client is in one of the ranges.
   *
   * @param client see {@link ClientKey}
   */
  public boolean contains(long client) {
    for (int i = 0; i < masks.length; i++) {
      if ((client & masks[i]) == networks[i]) {
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AddressRanges ranges
        && Arrays.equals(masks, ranges.masks)
        && Arrays.equals(networks, ranges.networks);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(networks);
  }

  /** As it was given. */
  @Override
  public String toString() {
    return text;
  }
}
