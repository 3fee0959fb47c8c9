// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.perfload.common.chunk.Chunk;
import io.perfload.common.chunk.Tier;
import io.perfload.common.model.HostId;
import io.perfload.common.model.HostProfile;
import io.perfload.common.model.Sample;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SimulatedFleetIT {
  private static final int AGENTS = 20;
  private static final long MINUTE_MS = 1_800_000_000_000L;

  private final FakeWorker worker = new FakeWorker();
  private final AtomicLong nowMs = new AtomicLong(MINUTE_MS + 55_000);
  private final InstantSource clock = () -> Instant.ofEpochMilli(nowMs.get());
  private final SimulatedFleet fleet = new SimulatedFleet(plan(), clock, System::nanoTime);

  @AfterEach
  void stop() {
    fleet.close();
    worker.close();
  }

  @Test
  void everyAgentIsItsOwnHostFromItsOwnAddressAndSpeaksOnceASecond() throws Exception {
    start();

    turnTo(3_000);

    assertThat(worker.samples).hasSize(3 * AGENTS);
    assertThat(hosts()).hasSize(AGENTS);
    assertThat(worker.clients).hasSize(AGENTS);
    await().until(() -> fleet.counts().pongs() == fleet.counts().pings());
    assertThat(fleet.counts().pings()).isPositive();
    assertThat(fleet.rtt().getTotalCount()).isEqualTo(fleet.counts().pongs());
    assertThat(worker.faults).isEmpty();
  }

  @Test
  void aMinuteBecomesOneChunkAHostWithWhatTheSamplesSaid() throws Exception {
    start();

    turnTo(4_000);
    int before = worker.samples.size();
    turnTo(40_000);

    await().until(() -> fleet.counts().acknowledged() == AGENTS);
    assertThat(worker.chunks).hasSize(AGENTS);
    assertThat(before).isEqualTo(worker.chunks.stream().mapToInt(Chunk::readings).sum());
    Chunk one = worker.chunks.element();
    assertThat(one.id().startMs()).isEqualTo(Tier.SECOND.startOf(MINUTE_MS));
    Sample last = one.sample(59).orElseThrow();
    assertThat(worker.samples.stream().map(Sample::scaled)).contains(last.scaled());
    assertThat(worker.faults).isEmpty();
  }

  @Test
  void agentsThatAreCutOffComeBackAndTellTheOpenMinuteAgain() throws Exception {
    start();
    turnTo(3_000);
    int before = worker.samples.size();

    worker.cut();

    await().until(() -> fleet.counts().welcomed() == 2 * AGENTS);
    await().until(() -> worker.samples.size() == 2 * before);
    assertThat(fleet.counts().lost()).isEqualTo(AGENTS);
    assertThat(fleet.counts().live()).isEqualTo(AGENTS);
    assertThat(worker.faults).isEmpty();
  }

  @Test
  void agentsAnswerPingsAndSayGoodbye() throws Exception {
    start();

    worker.ping();
    await().until(() -> worker.pongs.get() == AGENTS);
    fleet.close();

    await().untilAsserted(() -> assertThat(worker.goodbyes).hasSize(AGENTS));
    assertThat(worker.faults).isEmpty();
    assertThat(fleet.counts().lost()).isZero();
  }

  private void start() throws InterruptedException {
    fleet.start();
    assertThat(fleet.awaitLive(AGENTS, Duration.ofSeconds(10))).isTrue();
  }

  /** Turns the clock to so many milliseconds after the start, as fast as the fleet follows. */
  private void turnTo(long afterMs) {
    long samples = afterMs / 1000 * AGENTS;
    nowMs.set(MINUTE_MS + 55_000 + afterMs + 999);
    await().until(() -> worker.samples.size() >= samples);
  }

  private Set<HostId> hosts() {
    return worker.hosts.stream().map(HostProfile::id).collect(Collectors.toSet());
  }

  private FleetPlan plan() {
    var sources = new AddressRange(0x7f00_0000, 8);
    return new FleetPlan(worker.address(), AGENTS, 0, sources, 2, 1000, 4);
  }
}
