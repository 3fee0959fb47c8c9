// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.faults.real;

import io.perfload.bench.fleet.AddressRange;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Connections of strangers from all over the loopback network. One thread. */
final class Crowd implements AutoCloseable {
  private static final int CONNECT_MS = 200;

  private final InetSocketAddress door;
  private final RandomGenerator random;
  private final AddressRange addresses = new AddressRange(0x7f00_0000, 8);
  private final List<SocketChannel> open = new ArrayList<>();

  Crowd(InetSocketAddress door, RandomGenerator random) {
    this.door = door;
    this.random = random;
  }

  /** Connects as many as can be, and returns how many could. */
  int connect(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      SocketChannel channel = SocketChannel.open();
      try {
        channel.bind(source());
        channel.socket().connect(door, CONNECT_MS);
        channel.configureBlocking(false);
        open.add(channel);
      } catch (IOException e) {
        channel.close();
      }
    }
    return open.size();
  }

  /** Each says the next byte of what it has to say. */
  void say(byte[] agent, byte[] browser, int place) {
    for (int i = 0; i < open.size(); i++) {
      byte[] words = i % 2 == 0 ? agent : browser;
      try {
        open.get(i).write(ByteBuffer.wrap(words, place % words.length, 1));
      } catch (IOException e) {
        // it was shown out
      }
    }
  }

  /** Connects and resets as often, and returns how often that worked. */
  int reset(int count) {
    int done = 0;
    for (int i = 0; i < count; i++) {
      try (var socket = new Socket()) {
        socket.setSoLinger(true, 0);
        socket.bind(source());
        socket.connect(door, CONNECT_MS);
        done++;
      } catch (IOException e) {
        // no room for it now
      }
    }
    return done;
  }

  @Override
  public void close() throws IOException {
    for (SocketChannel channel : open) {
      channel.close();
    }
    open.clear();
  }

  private InetSocketAddress source() {
    return new InetSocketAddress(addresses.address(random.nextInt(1 << 24)), 0);
  }
}
