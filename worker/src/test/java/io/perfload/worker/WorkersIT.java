// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.perfload.common.model.HostId;
import io.perfload.common.model.Sample;
import io.perfload.common.wire.AgentMessage;
import io.perfload.common.wire.WorkerMessage;
import io.perfload.worker.fleet.HostState;
import io.perfload.worker.fleet.HostState.Status;
import io.perfload.worker.fleet.TailPart;
import io.perfload.worker.session.SessionRules;
import io.perfload.worker.testing.Machines;
import io.perfload.worker.testing.MemoryHostStore;
import io.perfload.worker.testing.MemoryIntake;
import io.perfload.worker.testing.RedisServer;
import io.perfload.worker.testing.TestAgent;
import io.perfload.worker.testing.TestWorker;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two workers, real sockets, a real Redis. */
@SuppressWarnings("FutureReturnValueIgnored") // ticks end with the clock
class WorkersIT {
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final List<AutoCloseable> open = new ArrayList<>();
  private RedisServer redis;
  private TestWorker first;
  private TestWorker second;
  private final MemoryHostStore hosts = new MemoryHostStore();

  @BeforeEach
  void start() throws IOException {
    redis = keep(RedisServer.start());
    first = worker(0);
    second = worker(1);
  }

  @AfterEach
  void stop() throws Exception {
    clock.shutdownNow();
    for (int i = open.size() - 1; i >= 0; i--) {
      open.get(i).close();
    }
  }

  @Test
  void everyWorkerShowsEveryHost() throws IOException {
    TestAgent one = ticking(agent(first, "one"));
    TestAgent two = ticking(agent(second, "two"));

    for (TestWorker worker : List.of(first, second)) {
      for (TestAgent agent : List.of(one, two)) {
        await().until(() -> state(worker, agent).flatMap(HostState::last).isPresent());
        HostState state = state(worker, agent).orElseThrow();
        assertThat(state.status()).isEqualTo(Status.ONLINE);
        assertThat(state.stale()).isFalse();
        assertThat(state.address()).isEqualTo("127.0.0.1");
        assertThat(state.node()).isEqualTo("node");
        assertThat(state.set()).isEqualTo(Machines.FORTY);
        Sample last = state.last().orElseThrow();
        assertThat(last)
            .isEqualTo(Machines.sample(Machines.FORTY, last.takenAtMs(), last.sequence()));
      }
    }
    assertThat(state(second, one).orElseThrow().slot()).isZero();
    assertThat(state(first, two).orElseThrow().slot()).isEqualTo(1);
    await().until(() -> state(second, one).orElseThrow().rttMs() >= 0);
    assertThat(state(second, one).orElseThrow().clockOffsetMs()).isBetween(-500L, 500L);
  }

  @Test
  void theNewestSecondsComeFromWhicheverWorkerHasThem() throws Exception {
    TestAgent agent = agent(first, "one");
    long now = System.currentTimeMillis();
    List<Sample> sent = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      sent.add(agent.sample(now - 100_000 + i * 1000L));
    }
    await().until(() -> state(second, agent).flatMap(HostState::last).isPresent());

    await()
        .untilAsserted(
            () -> {
              assertThat(samples(first.core().tails().tail(agent.id()).get(3, TimeUnit.SECONDS)))
                  .isEqualTo(sent);
              assertThat(samples(second.core().tails().tail(agent.id()).get(3, TimeUnit.SECONDS)))
                  .isEqualTo(sent);
            });
  }

  @Test
  void watchedHostsAreFedFromTheOtherWorker() throws IOException {
    TestAgent agent = agent(first, "one");
    var here = new ConcurrentLinkedQueue<Sample>();
    var there = new ConcurrentLinkedQueue<Sample>();
    await().until(() -> state(second, agent).isPresent());

    first.core().feeds().watch(agent.id(), (id, set, sample) -> here.add(sample));
    var watch = second.core().feeds().watch(agent.id(), (id, set, sample) -> there.add(sample));
    ticking(agent);

    await().until(() -> here.size() >= 2 && there.size() >= 2);
    assertThat(here).containsAll(there);
    watch.close();
  }

  @Test
  void aHostThatSaysGoodbyeIsOfflineAtOnceAndSaved() throws IOException {
    TestAgent agent = ticking(agent(first, "one"));
    await().until(() -> status(second, agent).equals(Optional.of(Status.ONLINE)));
    await().until(() -> state(second, agent).flatMap(HostState::last).isPresent());

    agent.say(new AgentMessage.Goodbye("stop"));

    await()
        .atMost(Duration.ofMillis(1500))
        .until(() -> status(second, agent).equals(Optional.of(Status.OFFLINE)));
    await().until(() -> hosts.find(agent.id()).isPresent());
    assertThat(hosts.find(agent.id()).orElseThrow().last()).isPresent();
  }

  @Test
  void aHostThatChangesItsWorkerIsNeverSeenOffline() throws Exception {
    TestAgent agent = ticking(agent(first, "one"));
    await().until(() -> state(second, agent).flatMap(HostState::last).isPresent());
    long since = state(second, agent).orElseThrow().sinceMs();
    Set<Status> seen = ConcurrentHashMap.newKeySet();
    clock.scheduleAtFixedRate(
        () -> status(second, agent).ifPresent(seen::add), 0, 20, TimeUnit.MILLISECONDS);

    agent.close();
    first.close();
    TestAgent again = ticking(TestAgent.live(second.address(), agent.id(), "one"));

    await().until(() -> state(second, again).orElseThrow().slot() == 1);
    await().during(Duration.ofSeconds(4)).atMost(Duration.ofSeconds(5)).until(() -> true);
    assertThat(seen).containsExactly(Status.ONLINE);
    assertThat(state(second, again).orElseThrow().sinceMs()).isEqualTo(since);
  }

  @Test
  void hostsOfAWorkerThatDiedGoOfflineWhenNobodyClaimsThem() throws Exception {
    TestAgent agent = ticking(agent(first, "one"));
    await().until(() -> state(second, agent).flatMap(HostState::last).isPresent());

    agent.close();
    first.close();

    await()
        .atMost(Duration.ofSeconds(6))
        .until(() -> status(second, agent).equals(Optional.of(Status.OFFLINE)));
  }

  @Test
  void theNewestConnectionOfAHostWinsAcrossWorkers() throws IOException {
    TestAgent old = ticking(agent(first, "one"));
    await().until(() -> status(second, old).equals(Optional.of(Status.ONLINE)));

    TestAgent young = ticking(TestAgent.live(second.address(), old.id(), "one"));

    await().until(old::isEnded);
    assertThat(old.received(WorkerMessage.Failure.class))
        .extracting(WorkerMessage.Failure::code)
        .containsExactly("superseded");
    assertThat(first.core().refusals().counts()).containsEntry("superseded", 1L);
    await().until(() -> state(first, young).orElseThrow().slot() == 1);
    assertThat(young.isEnded()).isFalse();
  }

  @Test
  void whileRedisIsAwayOwnHostsGoOnAndOthersAreStaleThenHeal() throws Exception {
    TestAgent one = ticking(agent(first, "one"));
    TestAgent two = ticking(agent(second, "two"));
    await().until(() -> state(first, two).flatMap(HostState::last).isPresent());
    await().until(() -> state(second, one).flatMap(HostState::last).isPresent());

    redis.kill();

    await()
        .atMost(Duration.ofSeconds(8))
        .until(() -> state(first, two).orElseThrow().stale() && state(second, one).get().stale());
    assertThat(status(first, two)).contains(Status.ONLINE);
    long sequence = state(first, one).flatMap(HostState::last).orElseThrow().sequence();
    await().until(() -> state(first, one).flatMap(HostState::last).get().sequence() > sequence + 2);
    assertThat(state(first, one).orElseThrow().stale()).isFalse();
    one.chunk(System.currentTimeMillis() / 60_000 * 60_000);
    await().until(() -> !one.received(WorkerMessage.Ack.class).isEmpty());

    redis.restart();

    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> !state(first, two).orElseThrow().stale() && !state(second, one).get().stale());
    assertThat(status(first, two)).contains(Status.ONLINE);
    assertThat(status(second, one)).contains(Status.ONLINE);
  }

  @Test
  void hostsOfTheStoreAreOfflineUntilTheyCome() throws Exception {
    TestAgent agent = ticking(agent(first, "one"));
    await().until(() -> state(second, agent).flatMap(HostState::last).isPresent());
    agent.say(new AgentMessage.Goodbye("stop"));
    await().until(() -> hosts.find(agent.id()).isPresent());

    TestWorker third = worker(2);

    await().until(() -> status(third, agent).equals(Optional.of(Status.OFFLINE)));
    assertThat(state(third, agent).flatMap(HostState::last)).isPresent();
  }

  @Test
  void aWorkerThatStopsSendsItsAgentsElsewhere() throws IOException {
    TestAgent agent = ticking(agent(first, "one"));
    await().until(() -> status(first, agent).equals(Optional.of(Status.ONLINE)));

    first.core().drain(Duration.ofMillis(300));

    await().until(agent::isEnded);
    assertThat(agent.received(WorkerMessage.Failure.class))
        .extracting(WorkerMessage.Failure::code)
        .containsExactly("draining");
  }

  private TestWorker worker(int slot) {
    return keep(
        TestWorker.start(
            redis.uri(), "node", slot, SessionRules.DEFAULTS, MemoryIntake.storing(), hosts));
  }

  private TestAgent agent(TestWorker worker, String name) throws IOException {
    return keep(TestAgent.live(worker.address(), HostId.random(), name));
  }

  /** Sends a sample five times a second from now on. */
  private TestAgent ticking(TestAgent agent) {
    clock.scheduleAtFixedRate(() -> tick(agent), 0, 200, TimeUnit.MILLISECONDS);
    return agent;
  }

  private static void tick(TestAgent agent) {
    try {
      agent.sample();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private <T extends AutoCloseable> T keep(T resource) {
    open.add(resource);
    return resource;
  }

  private static Optional<HostState> state(TestWorker worker, TestAgent agent) {
    return worker.core().fleet().find(agent.id());
  }

  private static Optional<Status> status(TestWorker worker, TestAgent agent) {
    return state(worker, agent).map(HostState::status);
  }

  private static List<Sample> samples(List<TailPart> parts) {
    return parts.stream().flatMap(part -> part.samples().stream()).toList();
  }
}
