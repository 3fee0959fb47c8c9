// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.link;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/** How a link reaches a server. Confined to the link's thread. */
public interface Network {
  /**
   * The addresses of a name, in the order to try them; at least one.
   *
   * @throws IOException if the name has none now
   */
  List<InetAddress> addressesOf(String host) throws IOException;

  /** Begins to connect; does not wait. */
  Wire dial(InetSocketAddress address) throws IOException;
}
