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

  /** For agents that came when others were told to go already: time to say hello. */
  private static final long LATE_PARTING_MS = 100;

  private final Sessions all;
  private final int part;
  private final EventLoop loop;
  private final Newcomers newcomers;
  private final FleetFrameWriter frames;
  private final List<AgentSession> sessions = new ArrayList<>();
  private final Deque<HeldChunk> held = new ArrayDeque<>();
  private final ByteWriter scratch = new ByteWriter(SCRATCH);
  private Place place;
  private boolean awaitingRoom;
  private boolean draining;
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
    if (draining) {
      loop.schedule(session::drain, LATE_PARTING_MS, TimeUnit.MILLISECONDS);
    }
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

  /** Chunks an agent may have unacknowledged: fewer while the store cannot keep up. */
  int credit() {
    return held.isEmpty() ? rules().credit() : 1;
  }

  ByteBuf encode(WorkerMessage message, ByteBufAllocator alloc) {
    scratch.clear();
    WorkerMessageCodec.encode(message, scratch);
    return alloc.buffer(scratch.size()).writeBytes(scratch.view());
  }

  /**
   * Hands a chunk to the store or, while its queue is full, holds it; live samples go on meanwhile.
   *
   * @return false if too much is held: the session must not read on
   */
  boolean offer(HeldChunk chunk) {
    if (held.isEmpty() && all.offer(chunk)) {
      return true;
    }
    held.addLast(chunk);
    long bytes = all.hold(chunk.bytes());
    awaitRoom();
    return bytes <= rules().heldBytes();
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
      HeldChunk next = held.peekFirst();
      if (!next.session().isOver() && !all.offer(next)) {
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

  private void tick() {
    ticks++;
    newcomers.sweep();
    movePlace();
    frames.begin(place, nowMs());
    for (int i = sessions.size() - 1; i >= 0; i--) {
      if (i < sessions.size()) {
        sessions.get(i).tick(frames);
      }
    }
    all.exchange().publish(part, frames.descriptions(), frames.news());
    totals = new Totals(sessions.size(), samples, chunks);
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
    draining = true;
    for (AgentSession session : sessions) {
      long delay = ThreadLocalRandom.current().nextLong(withinMs + 1);
      loop.schedule(session::drain, delay, TimeUnit.MILLISECONDS);
    }
  }
}
