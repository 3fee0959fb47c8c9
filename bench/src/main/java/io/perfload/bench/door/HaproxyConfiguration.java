// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.door;

import java.net.InetSocketAddress;
import java.util.List;

/**
 * HAProxy as the fair opponent: TCP mode, one thread, sticky by a consistent hash of the source.
 *
 * @param connections as many clients as it must hold at once
 */
record HaproxyConfiguration(
    InetSocketAddress listen, List<InetSocketAddress> workers, int connections) {

  /** The text of its file. */
  String text() {
    var text = new StringBuilder();
    text.append(
        """
        global
          nbthread 1
          maxconn %d
        defaults
          mode tcp
          timeout connect 5s
          timeout client 1h
          timeout server 1h
        listen door
          bind %s backlog 4096
          balance source
          hash-type consistent
        """
            .formatted(connections, Addresses.text(listen)));
    for (int i = 0; i < workers.size(); i++) {
      text.append("  server worker-%d %s%n".formatted(i, Addresses.text(workers.get(i))));
    }
    return text.toString();
  }
}
