// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.session;

import static java.util.Objects.requireNonNull;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import io.perfload.common.bytes.ByteWriter;
import io.perfload.common.model.HostProfile;
import io.perfload.common.model.SeriesSet;
import io.perfload.common.wire.FrameKind;
import io.perfload.common.wire.WorkerMessage;
import io.perfload.common.wire.WorkerMessageCodec;
import io.perfload.worker.fleet.Feeds;
import io.perfload.worker.fleet.FleetFrameWriter;
import io.perfload.worker.fleet.Place;
import io.perfload.worker.protocol.AgentFrames;
import io.perfload.worker.protocol.Newcomers;
import io.perfload.worker.protocol.ProtocolPipeline;
import io.perfload.worker.protocol.Protocols;
import io.perfload.worker.protocol.Refusals;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * The sessions of one event loop and what they share. One clock for all: once a second newcomers
 * are judged, sessions looked after and the second's frames written. Confined to the event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // how writes and closes went shows on the channel
final class SessionLoop {
  private static final int SCRATCH = 1024;

  private final Sessions all;
  private final int part;
  private final EventLoop loop;
  private final Newcomers newcomers;
  private final FleetFrameWriter frames;
  private final List<AgentSession> sessions = new ArrayList<>();
  private final Deque<Held> held = new ArrayDeque<>();
  private final Deque<AgentSession> starved = new ArrayDeque<>();
  private final ByteWriter scratch = new ByteWriter(SCRATCH);
  private Place place;
  private boolean awaitingRoom;
  private int ticks;
  private long samples;
  private long chunks;
  private volatile Totals totals = new Totals(0, 0, 0);

  /** What a loop has counted, at most a second old. */
  record Totals(int sessions, long samples, long chunks) {}

  SessionLoop(Sessions all, int part, EventLoop loop, ProtocolPipeline http) {
    this.all = requireNonNull(all, "all");
    this.part = part;
    this.loop = requireNonNull(loop, "loop");
    ProtocolPipeline agent =
        pipeline -> pipeline.addLast("agent", new AgentFrames(new AgentSession(this)));
    newcomers = new Newcomers(new Protocols(agent, http), all.refusals(), all.nanoTime());
    place = all.place();
    frames = new FleetFrameWriter(place);
  }

  void start() {
    loop.scheduleAtFixedRate(this::tick, 1, 1, TimeUnit.SECONDS);
  }

  ChannelHandler newcomer() {
    return newcomers.newcomer();
  }

  void register(Channel channel) {
    loop.register(channel);
  }

  void execute(Runnable work) {
    loop.execute(work);
  }

  Totals totals() {
    return totals;
  }

  // ---- for sessions

  SessionRules rules() {
    return all.rules();
  }

  Refusals refusals() {
    return all.refusals();
  }

  Feeds feeds() {
    return all.exchange().feeds();
  }

  Place place() {
    return place;
  }

  int ticks() {
    return ticks;
  }

  long nowMs() {
    return all.clock().millis();
  }

  long nanoTime() {
    return all.nanoTime().getAsLong();
  }

  /** Whether a clock that says {@code ms} may be right. */
  boolean isNear(long ms, long nowMs) {
    long off = rules().clockOff().toMillis();
    return ms >= nowMs - off && ms <= nowMs + off;
  }

  int nextRevision() {
    return all.nextRevision();
  }

  SeriesSet shared(SeriesSet set) {
    return all.sets().shared(set);
  }

  void countSample() {
    samples++;
  }

  void countChunk() {
    chunks++;
  }

  void add(AgentSession session) {
    session.index = sessions.size();
    sessions.add(session);
  }

  void remove(AgentSession session) {
    int last = sessions.size() - 1;
    if (session.index > last || sessions.get(session.index) != session) {
      return;
    }
    AgentSession moved = sessions.remove(last);
    if (moved != session) {
      sessions.set(session.index, moved);
      moved.index = session.index;
    }
  }

  HostSession claim(AgentSession session, HostProfile profile) {
    return all.claim(session, profile, place);
  }

  void leave(HostSession host) {
    all.leave(host, place);
  }

  void gone(HostSession host) {
    all.gone(host, place);
  }

  CreditPool credit() {
    return all.credit();
  }

  /** A session has no credit: it is told as soon as there is some. */
  void starve(AgentSession session) {
    starved.addLast(session);
  }

  /** Gives credit to those who have none, as long as there is some. */
  void feed() {
    while (!starved.isEmpty()) {
      AgentSession next = starved.peekFirst();
      if (!next.isOver() && !next.feed()) {
        return;
      }
      starved.removeFirst();
    }
  }

  ByteBuf encode(WorkerMessage message, ByteBufAllocator alloc) {
    scratch.clear();
    WorkerMessageCodec.encode(message, scratch);
    return alloc.buffer(scratch.size()).writeBytes(scratch.view());
  }

  /** What becomes of a session whose chunk was offered. */
  enum Offered {
    GO_ON,
    /** Too much is held: the session must not read on. */
    STOP_READING,
    /** Far too much is held, and this was not taken. */
    TOO_MUCH
  }

  /**
   * Hands a chunk or a gap to the store or, while its queue is full, holds it; live samples go on
   * meanwhile.
   */
  Offered offer(Held offered) {
    if (held.isEmpty() && all.offer(offered)) {
      return Offered.GO_ON;
    }
    if (all.heldBytes() + offered.bytes()
        > 2 * rules().heldBytes() + FrameKind.CHUNK.maxPayload()) {
      return Offered.TOO_MUCH;
    }
    held.addLast(offered);
    long bytes = all.hold(offered.bytes());
    awaitRoom();
    return bytes <= rules().heldBytes() ? Offered.GO_ON : Offered.STOP_READING;
  }

  /** Forgets what is held of a session that is over; its agent has it still. */
  void drop(AgentSession session) {
    held.removeIf(
        one -> {
          boolean dropped = one.session() == session;
          if (dropped) {
            all.hold(-one.bytes());
          }
          return dropped;
        });
  }

  private void awaitRoom() {
    if (!awaitingRoom) {
      awaitingRoom = true;
      all.whenRoom(() -> loop.execute(this::room));
    }
  }

  private void room() {
    awaitingRoom = false;
    List<AgentSession> relieved = new ArrayList<>();
    while (!held.isEmpty()) {
      Held next = held.peekFirst();
      if (!all.offer(next)) {
        awaitRoom();
        break;
      }
      held.removeFirst();
      all.hold(-next.bytes());
      relieved.add(next.session());
    }
    relieved.forEach(AgentSession::goOn);
  }

  // ---- time

  void tick() {
    ticks++;
    newcomers.sweep();
    movePlace();
    frames.begin(place, nowMs());
    for (int i = sessions.size() - 1; i >= 0; i--) {
      if (i < sessions.size()) {
        sessions.get(i).tick(frames);
      }
    }
    shareCredit();
    all.exchange().publish(part, frames.descriptions(), frames.news());
    totals = new Totals(sessions.size(), samples, chunks);
  }

  /** While some have none, those who do not use what they have give it back. */
  private void shareCredit() {
    feed();
    if (all.credit().isShort()) {
      int share = all.credit().idleShare();
      sessions.forEach(session -> session.trim(share));
    }
  }

  private void movePlace() {
    Place now = all.place();
    if (!now.equals(place)) {
      place = now;
      describeAll();
    }
  }

  void describeAll() {
    sessions.forEach(AgentSession::describeAgain);
  }

  /** Tells every session to go elsewhere, spread over {@code withinMs}. */
  void drain(long withinMs) {
    for (AgentSession session : sessions) {
      long delay = ThreadLocalRandom.current().nextLong(withinMs + 1);
      loop.schedule(session::drain, delay, TimeUnit.MILLISECONDS);
    }
  }
}
