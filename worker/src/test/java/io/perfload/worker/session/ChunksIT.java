// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.session;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.perfload.common.model.HostId;
import io.perfload.common.wire.WorkerMessage;
import io.perfload.common.wire.WorkerMessage.Ack;
import io.perfload.worker.testing.MemoryHostStore;
import io.perfload.worker.testing.MemoryIntake;
import io.perfload.worker.testing.TestAgent;
import io.perfload.worker.testing.TestWorker;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Chunks on a real socket while the store is slow, full or undecided. */
class ChunksIT {
  private static final URI NO_REDIS = URI.create("redis://127.0.0.1:1");
  private static final long MINUTE = System.currentTimeMillis() / 60_000 * 60_000;

  private @Nullable TestWorker worker;

  @AfterEach
  void stop() {
    worker().close();
  }

  @Test
  void acknowledgementsKeepTheOrderSent() throws IOException {
    MemoryIntake intake = MemoryIntake.silent(10);
    try (TestAgent agent = agent(intake, 1 << 20)) {
      send(agent, 3);
      await().until(() -> intake.offers().size() == 3);

      intake.offers().get(2).outcome().stored();
      intake.offers().get(1).outcome().refused("old: kept no longer");
      agent.sample();
      await().until(() -> sequence(agent) == 0);
      assertThat(agent.received(Ack.class)).isEmpty();

      intake.offers().get(0).outcome().stored();
      await().until(() -> !agent.received(Ack.class).isEmpty());
      assertThat(agent.received(Ack.class))
          .containsExactly(
              new Ack(3, List.of(new WorkerMessage.Refusal(1, "old: kept no longer")), 4));
    }
  }

  @Test
  void liveGoesOnWhileTheWriteQueueIsFull() throws IOException {
    MemoryIntake intake = MemoryIntake.silent(1);
    try (TestAgent agent = agent(intake, 1 << 20)) {
      send(agent, 4);
      agent.sample();

      await().until(() -> sequence(agent) == 0);
      assertThat(intake.offers()).hasSize(1);
      assertThat(worker().core().sessions().heldBytes()).isPositive();

      intake.widen(10);
      await().until(() -> intake.offers().size() == 4);
      assertThat(intake.offers())
          .extracting(offer -> offer.chunk().id().startMs())
          .containsExactly(MINUTE, MINUTE - 60_000, MINUTE - 120_000, MINUTE - 180_000);
      assertThat(worker().core().sessions().heldBytes()).isZero();
    }
  }

  @Test
  void whoWouldMakeUsHoldTooMuchIsNotReadUntilThereIsRoom() throws IOException {
    MemoryIntake intake = MemoryIntake.silent(0);
    try (TestAgent agent = agent(intake, 1)) {
      send(agent, 1);
      await().until(() -> worker().core().sessions().heldBytes() > 1);
      agent.sample();
      await().during(Duration.ofSeconds(2)).until(() -> sequence(agent) < 0);

      intake.widen(10);

      await().until(() -> sequence(agent) == 0);
      assertThat(intake.offers()).hasSize(1);
      assertThat(agent.isEnded()).isFalse();
    }
  }

  @Test
  void moreChunksThanTheCreditEndTheConnection() throws IOException {
    try (TestAgent agent = agent(MemoryIntake.silent(10), 1 << 20)) {
      send(agent, 5);

      await().until(agent::isEnded);
      assertThat(agent.received(WorkerMessage.Failure.class))
          .extracting(WorkerMessage.Failure::code)
          .containsExactly("order");
    }
  }

  private TestAgent agent(MemoryIntake intake, long heldBytes) throws IOException {
    SessionRules usual = SessionRules.DEFAULTS;
    var rules =
        new SessionRules(
            4,
            heldBytes,
            usual.ping(),
            usual.silence(),
            usual.parting(),
            usual.clockOff(),
            usual.oldest(),
            usual.columns());
    worker = TestWorker.start(NO_REDIS, "node", 0, rules, intake, new MemoryHostStore());
    return TestAgent.live(worker().address(), HostId.random(), "one");
  }

  private TestWorker worker() {
    return requireNonNull(worker);
  }

  private static void send(TestAgent agent, int chunks) throws IOException {
    for (int i = 0; i < chunks; i++) {
      agent.chunk(MINUTE - i * 60_000L);
    }
  }

  /** The newest sample that the fleet has of the agent's host; negative before the first. */
  private long sequence(TestAgent agent) {
    return worker()
        .core()
        .fleet()
        .find(agent.id())
        .flatMap(host -> host.last())
        .map(sample -> sample.sequence())
        .orElse(-1L);
  }
}
