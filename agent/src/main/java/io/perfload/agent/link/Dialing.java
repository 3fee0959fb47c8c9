// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.link;

import io.perfload.common.config.HostPort;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.function.LongSupplier;

/** One attempt to reach a name: tries its addresses one after the other. Confined to one thread. */
final class Dialing implements AutoCloseable {
  private static final long TIMEOUT_NANOS = 5_000_000_000L;

  private final Network network;
  private final int port;
  private final LongSupplier nanoTime;
  private final ArrayDeque<InetAddress> left;
  private Optional<Wire> wire = Optional.empty();
  private String tried = "";
  private long untilNanos;

  Dialing(Network network, HostPort server, LongSupplier nanoTime) throws IOException {
    this.network = network;
    this.port = server.port();
    this.nanoTime = nanoTime;
    this.left = new ArrayDeque<>(network.addressesOf(server.host()));
  }

  /**
   * The wire, once it is made; who takes it closes it.
   *
   * @throws IOException with the reason of the last address, if none can be reached
   */
  Optional<Wire> proceed() throws IOException {
    while (true) {
      try {
        if (wire.isEmpty()) {
          dialNext();
        }
        return connected();
      } catch (IOException | RuntimeException e) {
        close();
        if (left.isEmpty()) {
          throw new ConnectException(tried + ": " + e.getMessage());
        }
      }
    }
  }

  /** How long it may take until the address being tried is given up. */
  long restNanos() {
    return Math.max(0, untilNanos - nanoTime.getAsLong());
  }

  @Override
  public void close() throws IOException {
    if (wire.isPresent()) {
      Wire closed = wire.get();
      wire = Optional.empty();
      closed.close();
    }
  }

  private void dialNext() throws IOException {
    InetAddress address = left.remove();
    tried = address.getHostAddress();
    untilNanos = nanoTime.getAsLong() + TIMEOUT_NANOS;
    wire = Optional.of(network.dial(new InetSocketAddress(address, port)));
  }

  private Optional<Wire> connected() throws IOException {
    Optional<Wire> made = wire;
    if (made.isPresent() && made.get().isConnected()) {
      wire = Optional.empty();
      return made;
    }
    if (restNanos() == 0) {
      throw new SocketTimeoutException("no answer within " + TIMEOUT_NANOS / 1_000_000 + " ms");
    }
    return Optional.empty();
  }
}
