// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.netty.channel.ManualIoEventLoop;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.local.LocalIoHandler;
import io.perfload.common.bytes.Malformed;
import io.perfload.common.chunk.PackedChunk;
import io.perfload.common.model.HostId;
import io.perfload.common.model.LostSamples;
import io.perfload.common.wire.AgentMessage;
import io.perfload.common.wire.FrameKind;
import io.perfload.common.wire.Preface;
import io.perfload.common.wire.WorkerMessage;
import io.perfload.common.wire.WorkerMessageCodec;
import io.perfload.worker.fleet.FleetExchange;
import io.perfload.worker.fleet.Place;
import io.perfload.worker.fleet.SeriesSets;
import io.perfload.worker.history.ChunkIntake;
import io.perfload.worker.history.HistorySettings;
import io.perfload.worker.history.MemoryChunkStore;
import io.perfload.worker.history.MemoryGapStore;
import io.perfload.worker.history.MemorySeriesStore;
import io.perfload.worker.history.Minutes;
import io.perfload.worker.history.WritePath;
import io.perfload.worker.history.WriteRound;
import io.perfload.worker.protocol.AgentFrames;
import io.perfload.worker.protocol.Refusals;
import io.perfload.worker.testing.Machines;
import io.perfload.worker.testing.MemoryBus;
import io.perfload.worker.testing.MemoryHostStore;
import io.perfload.worker.testing.MemoryIntake;
import io.perfload.worker.testing.MemoryOwners;
import io.perfload.worker.testing.TestAgent;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many agents that come back at once, on a clock turned by hand. */
class StormTest {
  private static final int MINUTES = 6;
  private static final int QUEUE = 500;

  private final AtomicLong nowMs = new AtomicLong(Minutes.START + MINUTES * 60_000L);
  private final InstantSource clock = () -> Instant.ofEpochMilli(nowMs.get());
  private final LongSupplier nanoTime = () -> nowMs.get() * 1_000_000;
  private final ManualIoEventLoop loop =
      new ManualIoEventLoop(Thread.currentThread(), LocalIoHandler.newFactory());
  private final MemoryChunkStore chunks = new MemoryChunkStore();
  private final MemoryGapStore gaps = new MemoryGapStore();
  private final WritePath path =
      new WritePath(
          chunks,
          new MemorySeriesStore(),
          gaps,
          new HistorySettings(Duration.ofDays(1), 32L << 20, QUEUE, 1),
          clock);
  private final WriteRound round = path.round(new Random(1));
  private final Refusals refusals = new Refusals();
  private final List<Agent> agents = new ArrayList<>();

  @AfterEach
  void close() {
    agents.forEach(agent -> agent.channel.finishAndReleaseAll());
  }

  @Test
  void thousandsThatComeBackAtOnceDrownNobodyAndAllGetThrough() {
    SessionLoop sessions = sessions(path);
    for (int i = 0; i < 2_000; i++) {
      agents.add(new Agent(sessions, MINUTES));
    }
    assertThat(agents).anyMatch(agent -> agent.credit == 0);

    int ticks = 0;
    while (chunks.size() < agents.size() * MINUTES) {
      assertThat(ticks++).as("seconds").isLessThan(120);
      go(sessions);
      assertThat(path.counts().blocked()).isZero();
    }

    assertThat(path.counts().highWaterChunks()).isLessThanOrEqualTo(QUEUE);
    agents.forEach(Agent::speak);
    assertThat(agents).allMatch(agent -> agent.unacknowledged == 0);
    assertThat(agents).allMatch(agent -> agent.channel.config().isAutoRead());
  }

  @Test
  void aFewWithMuchToTellAreGivenMuchCredit() {
    SessionLoop sessions = sessions(path);
    for (int i = 0; i < 3; i++) {
      agents.add(new Agent(sessions, 200));
    }

    for (int tick = 0; tick < 12; tick++) {
      go(sessions);
    }

    assertThat(chunks.size()).isEqualTo(600);
    assertThat(agents).allMatch(agent -> agent.credit == SessionRules.DEFAULTS.credit());
  }

  @Test
  void liveReadingGoesOnWhileTheStoreIsAwayAndNobodyIsAskedForMoreThanFits() {
    var away = new AtomicBoolean(true);
    chunks.before(
        () -> {
          if (away.get()) {
            throw MemoryChunkStore.unavailable();
          }
        });
    SessionLoop sessions = sessions(path);
    for (int i = 0; i < 300; i++) {
      agents.add(new Agent(sessions, MINUTES));
    }
    for (int tick = 0; tick < 20; tick++) {
      go(sessions);
    }

    assertThat(chunks.size()).isZero();
    assertThat(path.counts().pendingChunks()).isLessThanOrEqualTo(QUEUE);
    assertThat(path.counts().blocked()).isZero();
    assertThat(agents).allMatch(agent -> agent.channel.config().isAutoRead());
    away.set(false);
    for (int tick = 0; tick < 60; tick++) {
      go(sessions);
    }
    assertThat(chunks.size()).isEqualTo(300 * MINUTES);
  }

  @Test
  void whoLeavesTakesWhatWasHeldOfItAlong() {
    MemoryIntake full = MemoryIntake.silent(0);
    Sessions all = all(full);
    var sessions = new SessionLoop(all, 0, loop, pipeline -> {});
    var agent = new Agent(sessions, 2);
    agents.add(agent);
    agent.speak();
    assertThat(all.heldBytes()).isPositive();

    agent.channel.close();

    assertThat(all.heldBytes()).isZero();
    full.widen(10);
    loop.runNow();
    assertThat(full.offers()).isEmpty();
  }

  @Test
  void aGapTakesItsPlaceAmongTheChunksAndIsAcknowledgedOnceItIsStored() {
    SessionLoop sessions = sessions(path);
    var agent = new Agent(sessions, 1);
    agents.add(agent);
    var lost =
        new LostSamples(7, Minutes.START, Minutes.START + 60_000, 60, LostSamples.Reason.DAMAGED);
    agent.say(new AgentMessage.Gap(0, lost));
    agent.unacknowledged++;
    agent.speak();
    assertThat(agent.acknowledged).isZero();

    go(sessions);
    agent.speak();

    assertThat(agent.acknowledged).isEqualTo(2);
    assertThat(gaps.stored(agent.host))
        .hasValueSatisfying(stored -> assertThat(stored.gaps()).containsExactly(lost));
    assertThat(path.counts().gaps()).isEqualTo(1);
  }

  @Test
  void aClockAsFarOffAsNumbersGoIsRefused() {
    for (long clockMs : new long[] {Long.MIN_VALUE, Long.MIN_VALUE + nowMs.get(), Long.MAX_VALUE}) {
      var channel = new EmbeddedChannel(new AgentFrames(new AgentSession(sessions(path))));
      channel.writeInbound(Unpooled.wrappedBuffer(Preface.bytes()));
      AgentMessage hello = new AgentMessage.Hello("0.1.0", 1, clockMs, "");
      channel.writeInbound(Unpooled.wrappedBuffer(TestAgent.frame(hello)));
      assertThat(refusals.counts()).containsKey("time");
      channel.finishAndReleaseAll();
    }
    assertThat(refusals.counts()).containsEntry("time", 3L);
  }

  @Test
  void aJumpOfTheWorkersClockRefusesNoChunkOfAnAgentThatIsConnected() {
    SessionLoop sessions = sessions(path);
    var agent = new Agent(sessions, 2);
    agents.add(agent);
    jumpMs = Duration.ofDays(400).toMillis();

    go(sessions);
    jumpMs = -Duration.ofDays(400).toMillis();
    agent.backlog.add(Minutes.packed(agent.host, Minutes.SMALL, 120, 180));
    go(sessions);

    assertThat(chunks.size()).isEqualTo(3);
    assertThat(path.counts().refused()).isEmpty();
  }

  private long jumpMs;

  private void go(SessionLoop sessions) {
    agents.forEach(Agent::speak);
    round.step();
    loop.runNow();
    nowMs.addAndGet(1_000);
    sessions.tick();
  }

  private SessionLoop sessions(ChunkIntake intake) {
    return new SessionLoop(all(intake), 0, loop, pipeline -> {});
  }

  private Sessions all(ChunkIntake intake) {
    var place = new Place(new UUID(1, 1), "node", 0);
    var sets = new SeriesSets();
    InstantSource wall = () -> clock.instant().plusMillis(jumpMs);
    var all =
        new Sessions(
            SessionRules.DEFAULTS,
            refusals,
            intake,
            new MemoryOwners(),
            sets,
            () -> place,
            wall,
            nanoTime);
    var exchange =
        new FleetExchange(
            place.instance(), new MemoryBus(), all, new MemoryHostStore(), sets, wall, nanoTime);
    all.start(List.<EventLoop>of(loop), exchange, pipeline -> {});
    return all;
  }

  /** An agent with a backlog that sends as much as its credit allows. */
  private final class Agent {
    final HostId host = HostId.random();
    final Deque<PackedChunk> backlog = new ArrayDeque<>();
    final EmbeddedChannel channel;
    long acknowledged;
    int unacknowledged;
    int credit;

    Agent(SessionLoop sessions, int minutes) {
      channel = new EmbeddedChannel(new AgentFrames(new AgentSession(sessions)));
      for (int minute = 0; minute < minutes; minute++) {
        backlog.add(Minutes.packed(host, Minutes.SMALL, minute * 60L, minute * 60L + 60));
      }
      channel.writeInbound(Unpooled.wrappedBuffer(Preface.bytes()));
      say(new AgentMessage.Hello("0.1.0", Minutes.RUN, nowMs.get(), ""));
      say(new AgentMessage.Host(0, Machines.profile(host, "one")));
      say(new AgentMessage.Series(0, true, Minutes.SMALL));
      listen();
    }

    void say(AgentMessage message) {
      channel.writeInbound(Unpooled.wrappedBuffer(TestAgent.frame(message)));
    }

    void speak() {
      listen();
      while (unacknowledged < credit && !backlog.isEmpty()) {
        unacknowledged++;
        say(new AgentMessage.Chunk(ByteBuffer.wrap(backlog.remove().bytes())));
      }
      listen();
    }

    private void listen() {
      channel.runPendingTasks();
      for (ByteBuf bytes = channel.readOutbound(); bytes != null; bytes = channel.readOutbound()) {
        hear(bytes);
        bytes.release();
      }
    }

    private void hear(ByteBuf bytes) {
      try {
        long length = bytes.readUnsignedInt();
        FrameKind kind = FrameKind.of(length, bytes.readUnsignedByte());
        WorkerMessage message = WorkerMessageCodec.decode(kind, bytes.nioBuffer());
        if (message instanceof WorkerMessage.Welcome welcome) {
          credit = welcome.credit();
        } else if (message instanceof WorkerMessage.Ack ack) {
          unacknowledged -= (int) (ack.chunks() - acknowledged);
          acknowledged = ack.chunks();
          credit = ack.credit();
          assertThat(ack.refusals()).isEmpty();
        } else if (message instanceof WorkerMessage.Ping ping) {
          say(new AgentMessage.Pong(ping.nonce(), nowMs.get()));
        }
      } catch (Malformed e) {
        throw new AssertionError(e);
      }
    }
  }
}
