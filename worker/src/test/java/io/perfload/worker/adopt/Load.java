// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.adopt;

import static io.perfload.worker.adopt.DoorRig.SOON;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Clients that connect, ask and go, without end. */
final class Load {
  static final int THREADS = 8;

  final AtomicInteger opened = new AtomicInteger();
  final AtomicInteger failed = new AtomicInteger();
  final Queue<String> whys = new ConcurrentLinkedQueue<>();
  final Queue<String> answered = new ConcurrentLinkedQueue<>();
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicBoolean stop = new AtomicBoolean();
  private final List<Thread> threads = new ArrayList<>();
  private final int port;

  Load(int port) {
    this.port = port;
  }

  void start() {
    for (int i = 0; i < THREADS; i++) {
      var thread = new Thread(this::run, "load-" + i);
      thread.start();
      threads.add(thread);
    }
  }

  private void run() {
    while (!stop.get()) {
      try (Client client = Client.connect(port, Client.address(next.getAndIncrement()))) {
        opened.incrementAndGet();
        client.ask();
        answered.add(client.name());
      } catch (IOException e) {
        failed.incrementAndGet();
        whys.add(e.toString());
      }
    }
  }

  void stop() throws InterruptedException {
    stop.set(true);
    for (Thread thread : threads) {
      thread.join();
    }
  }

  /** Waits until so many more were answered, or one failed. */
  void awaitMore(int count) {
    int wanted = answered.size() + count;
    await().atMost(SOON).until(() -> answered.size() >= wanted || failed.get() > 0);
  }
}
