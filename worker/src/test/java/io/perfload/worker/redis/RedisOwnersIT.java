// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.redis;

import static org.awaitility.Awaitility.await;

import io.perfload.worker.session.OwnerRegistry;
import io.perfload.worker.session.OwnerRegistryContract;
import io.perfload.worker.testing.RedisServer;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RedisOwnersIT extends OwnerRegistryContract {
  private RedisServer redis;
  private RedisLink link;

  @BeforeAll
  void start() throws IOException {
    redis = RedisServer.start();
    link = new RedisLink(new RedisAddress(redis.uri()));
    link.start();
    await().until(link::isUp);
  }

  @AfterAll
  void stop() throws InterruptedException {
    link.stop(1_000);
    redis.close();
  }

  @Override
  protected OwnerRegistry registry() {
    return new RedisOwners(link, "test" + System.nanoTime());
  }
}
