// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.session;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** The IP a connection comes from, as people write it. */
final class PeerAddress {
  private PeerAddress() {}

  /** Returns the IP without port or zone; empty for what is no internet address. */
  static String of(@Nullable SocketAddress peer) {
    if (!(peer instanceof InetSocketAddress internet) || internet.isUnresolved()) {
      return "";
    }
    String text = internet.getAddress().getHostAddress();
    int zone = text.indexOf('%');
    return zone < 0 ? text : text.substring(0, zone);
  }
}
