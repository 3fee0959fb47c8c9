// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.redis;

import static org.awaitility.Awaitility.await;

import io.perfload.worker.fleet.PeerBus;
import io.perfload.worker.fleet.PeerBusContract;
import io.perfload.worker.testing.RedisServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RedisBusIT extends PeerBusContract {
  private final List<RedisLink> links = new ArrayList<>();
  private final List<RedisBus> buses = new ArrayList<>();
  private RedisServer redis;

  @BeforeEach
  void start() throws IOException {
    redis = RedisServer.start();
  }

  @AfterEach
  void stop() throws InterruptedException {
    for (RedisBus bus : buses) {
      bus.stop();
    }
    for (RedisLink link : links) {
      link.stop(1_000);
    }
    redis.close();
  }

  @Override
  protected PeerBus join() {
    var link = new RedisLink(new RedisAddress(redis.uri()));
    var bus = new RedisBus(link, "perfload");
    links.add(link);
    buses.add(bus);
    link.start();
    bus.start();
    await().until(() -> bus.upForMs() >= 0);
    return bus;
  }

  @Test
  void subscriptionsSurviveARedisThatDiesAndComesBack() throws IOException {
    PeerBus one = join();
    PeerBus two = join();
    List<String> heard = new CopyOnWriteArrayList<>();
    two.subscribe("t", message -> heard.add(new String(message, StandardCharsets.UTF_8)));

    redis.kill();
    await().until(() -> one.upForMs() < 0 && two.upForMs() < 0);
    await().until(() -> !one.publish("t", new byte[1]));
    redis.restart();

    await()
        .atMost(Duration.ofSeconds(5))
        .until(
            () -> {
              one.publish("t", "again".getBytes(StandardCharsets.UTF_8));
              return heard.contains("again");
            });
    await().until(() -> one.upForMs() >= 0 && two.upForMs() >= 0);
  }

  @Test
  void newestFramesThatWaitedWhenTheConnectionBrokeHoldUpNoLaterOnes() throws IOException {
    PeerBus one = join();
    List<String> heard = new CopyOnWriteArrayList<>();
    join()
        .subscribe(
            PeerBus.FLEET, message -> heard.add(new String(message, StandardCharsets.UTF_8)));

    redis.pause();
    await()
        .atMost(Duration.ofSeconds(15))
        .until(
            () -> {
              one.publishNewest(0, List.of("before".getBytes(StandardCharsets.UTF_8)));
              return one.upForMs() < 0;
            });
    redis.resume();

    await()
        .atMost(Duration.ofSeconds(15))
        .until(
            () -> {
              one.publishNewest(0, List.of("after".getBytes(StandardCharsets.UTF_8)));
              return heard.contains("after");
            });
  }
}
