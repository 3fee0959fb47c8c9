// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.fleet;

import io.netty.channel.epoll.EpollSocketChannel;
import io.perfload.common.chunk.ChunkBuilder;
import io.perfload.common.chunk.ChunkCodec;
import io.perfload.common.chunk.ChunkId;
import io.perfload.common.chunk.Tier;
import io.perfload.common.model.HostProfile;
import io.perfload.common.model.Sample;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * One agent of one simulated machine: reads it once a second, keeps its minutes until they are
 * acknowledged, and connects again with a jittered back-off when a connection ends. Confined to its
 * event loop.
 */
final class SimulatedAgent {
  private static final long FIRST_RETRY_MS = 200;
  private static final long LAST_RETRY_MS = 5_000;
  private static final int LONGEST_BACK_OFF = 5;
  private static final int CONNECT_TIMEOUT_MS = 10_000;
  private static final int CHUNKS_SPREAD_SECONDS = 30;

  private final FleetLoop fleet;
  private final int number;
  private final SimulatedMachine machine;
  private final int phaseMs;
  private final int chunkOffsetSeconds;
  private final long startMs;
  private final ChunkSpool spool = new ChunkSpool();

  private Optional<AgentConnection> connection = Optional.empty();
  private int attempts;
  private long firstSecond;
  private long lastSecond;

  /**
   * @param number of its machine, and of its address
   */
  SimulatedAgent(FleetLoop fleet, int number) {
    this.fleet = fleet;
    this.number = number;
    machine = new SimulatedMachine(number);
    phaseMs = (int) (machine.phase() * 1000);
    chunkOffsetSeconds = (int) (machine.phase() * 1e6) % CHUNKS_SPREAD_SECONDS;
    startMs = fleet.clock.millis();
  }

  int number() {
    return number;
  }

  /** Its moment in the second. */
  int phaseMs() {
    return phaseMs;
  }

  /** When this run of the agent began. */
  long startMs() {
    return startMs;
  }

  HostProfile profile() {
    return machine.profile();
  }

  ChunkSpool spool() {
    return spool;
  }

  /** Connects after {@code delayMs}. */
  @SuppressWarnings("FutureReturnValueIgnored") // the connection tells how it went
  void connectIn(long delayMs) {
    fleet.loop.schedule(this::connect, delayMs, TimeUnit.MILLISECONDS);
  }

  /** Says goodbye and closes. */
  void stop() {
    connection.ifPresent(AgentConnection::stop);
  }

  /** Reads the machine; every second comes once, in order. */
  void tick(long second) {
    if (firstSecond == 0) {
      begin(second);
    } else if (minuteOf(second) != minuteOf(lastSecond)) {
      keep(minuteOf(lastSecond));
    }
    lastSecond = second;
    sealDue();
    connection.ifPresent(open -> open.sample(second));
  }

  /** The first second it read; 0 before. */
  long firstSecond() {
    return firstSecond;
  }

  /** The first second of the open minute that was read; after {@link #lastSecond} if none was. */
  long openMinute() {
    return lastSecond == 0 ? 1 : Math.max(firstSecond, minuteOf(lastSecond) / 1000);
  }

  /** The last second that was read; 0 before the first. */
  long lastSecond() {
    return lastSecond;
  }

  /** What was read at {@code second}. */
  Sample reading(long second) {
    return new Sample(second * 1000 + phaseMs, second - firstSecond, machine.read(second));
  }

  /** Whether the minute may be sent: a fleet does not speak at once. */
  boolean isDue(long minuteMs) {
    return lastSecond * 1000 >= minuteMs + Tier.SECOND.spanMs() + chunkOffsetSeconds * 1000L;
  }

  /** Has the next minute sealed, if it is due; returns whether there is one. */
  boolean sealNext() {
    if (spool.isNextSealed()) {
      return true;
    }
    if (!spool.hasOpen() || !isDue(spool.oldestOpen())) {
      return false;
    }
    spool.seal(sealed(spool.oldestOpen()));
    return true;
  }

  /** An agent that was there before has read and kept the minutes before its first second. */
  private void begin(long second) {
    firstSecond = second;
    if (fleet.plan.keptMinutes() > 0) {
      long span = Tier.SECOND.spanMs();
      long firstMs = minuteOf(second) - fleet.plan.keptMinutes() * span;
      firstSecond = firstMs / 1000;
      for (long minute = firstMs; minute < minuteOf(second); minute += span) {
        keep(minute);
      }
    }
  }

  private void keep(long minuteMs) {
    if (spool.add(minuteMs)) {
      fleet.tally.droppedChunks.increment();
    }
  }

  /** One a second at most, so that a fleet with a past does not seal all of it at once. */
  private void sealDue() {
    if (spool.hasOpen() && isDue(spool.oldestOpen())) {
      spool.seal(sealed(spool.oldestOpen()));
    }
  }

  /** Seals a minute; each time to the same bytes, for readings follow from the second. */
  private byte[] sealed(long minuteMs) {
    var builder = new ChunkBuilder(new ChunkId(profile().id(), Tier.SECOND, minuteMs));
    long end = (minuteMs + Tier.SECOND.spanMs()) / 1000;
    for (long second = Math.max(firstSecond, minuteMs / 1000); second < end; second++) {
      builder.add(SimulatedMachine.SERIES, startMs, reading(second));
    }
    return ChunkCodec.pack(builder.build()).bytes();
  }

  /** The worker took us in: the next back-off is short again. */
  void welcomed() {
    attempts = 0;
  }

  /** The connection is gone, or never came to be. */
  void ended() {
    connection = Optional.empty();
    if (!fleet.stopped()) {
      connectIn(retryDelayMs());
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // an attempt to connect fails if this did
  private void connect() {
    if (fleet.stopped()) {
      return;
    }
    var channel = new EpollSocketChannel();
    var opened = new AgentConnection(fleet, this, channel);
    connection = Optional.of(opened);
    channel.config().setConnectTimeoutMillis(CONNECT_TIMEOUT_MS).setTcpNoDelay(true);
    channel.config().setIpBindAddressNoPort(true);
    channel.pipeline().addLast(opened);
    fleet.loop.register(channel);
    var source = new InetSocketAddress(fleet.plan.sources().address(number), 0);
    channel
        .connect(fleet.plan.server(), source)
        .addListener(attempt -> opened.connected(attempt.isSuccess()));
  }

  private long retryDelayMs() {
    int doublings = Math.min(attempts++, LONGEST_BACK_OFF);
    long longest = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS << doublings);
    return ThreadLocalRandom.current().nextLong(longest / 2, longest + 1);
  }

  private static long minuteOf(long second) {
    return Tier.SECOND.startOf(second * 1000);
  }
}
