// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.door;

import java.net.InetSocketAddress;

/** Socket addresses in configuration files and options. */
final class Addresses {
  private Addresses() {}

  /** {@code address:port}. */
  static String text(InetSocketAddress address) {
    return address.getAddress().getHostAddress() + ":" + address.getPort();
  }
}
