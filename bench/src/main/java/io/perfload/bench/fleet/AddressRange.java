// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.fleet;

import io.perfload.common.config.Parser;
import io.perfload.common.config.Setting;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * IPv4 addresses to connect from, such as {@code 127.0.0.0/8}. Neighbours in number are far apart
 * in address, so that a few clients already spread over the whole range. Immutable.
 *
 * @param network the first address, as a number
 * @param bits how many of its bits are fixed, 0 to 32
 */
public record AddressRange(int network, int bits) {
  /** {@code --addresses}: where clients connect from. */
  public static final Setting<AddressRange> SETTING =
      Setting.of(
          "bench.addresses",
          "Where clients connect from.",
          new AddressRange(0x7f00_0000, 8),
          Parser.of("an IPv4 network such as 127.0.0.0/8", AddressRange::parse));

  private static final Pattern FORM =
      Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})/(\\d{1,2})");

  /** An odd multiplier visits every address of a power of two once before it repeats. */
  private static final long STRIDE = 0x9E3779B1L;

  public AddressRange {
    if (bits < 0 || bits > 32) {
      throw new IllegalArgumentException("bits: " + bits + " (expected: 0 to 32)");
    }
    network = bits == 0 ? 0 : network & (-1 << (32 - bits));
  }

  /** Reads {@code a.b.c.d/bits}. */
  public static Optional<AddressRange> parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches() || Integer.parseInt(matcher.group(5)) > 32) {
      return Optional.empty();
    }
    int network = 0;
    for (int i = 1; i <= 4; i++) {
      int part = Integer.parseInt(matcher.group(i));
      if (part > 255) {
        return Optional.empty();
      }
      network = network << 8 | part;
    }
    return Optional.of(new AddressRange(network, Integer.parseInt(matcher.group(5))));
  }

  /** How many addresses a client may have: the first and the last are left out if it is a net. */
  public long size() {
    long all = 1L << (32 - bits);
    return all > 2 ? all - 2 : all;
  }

  /** Returns address number {@code index}, from 0; numbers past the end begin again. */
  public InetAddress address(long index) {
    long all = 1L << (32 - bits);
    long place = Long.remainderUnsigned(index * STRIDE, all);
    if (all > 2 && (place == 0 || place == all - 1)) {
      place = all / 2 + place % 2;
    }
    byte[] bytes = ByteBuffer.allocate(4).putInt(network + (int) place).array();
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four bytes are an address", e);
    }
  }

  @Override
  public String toString() {
    return address(0, network) + "/" + bits;
  }

  private static String address(int shift, int network) {
    int last = network >>> shift & 0xff;
    return shift == 24 ? String.valueOf(last) : address(shift + 8, network) + "." + last;
  }
}
