// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.common.config;

/**
 * Where to listen or to connect.
 *
 * @param host a name or an address, IPv6 without brackets
 * @param port 0 to 65535; 0 where any free port will do
 */
public record HostPort(String host, int port) {
  @Override
  public String toString() {
    return (host.indexOf(':') < 0 ? host : '[' + host + ']') + ':' + port;
  }
}
