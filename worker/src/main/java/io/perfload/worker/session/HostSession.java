// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.session;

import io.perfload.common.bytes.Fault;
import io.perfload.common.bytes.Malformed;
import io.perfload.common.model.HostId;
import io.perfload.common.model.HostProfile;
import io.perfload.common.model.SeriesSet;
import io.perfload.common.model.SetHash;
import io.perfload.common.model.SpoolReport;
import io.perfload.common.wire.SampleDecoder;
import io.perfload.worker.fleet.FleetFrameWriter;
import io.perfload.worker.fleet.PackedTail;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One host that a connection speaks for: what it declared, its newest values, its newest seconds.
 * Confined to the connection's event loop, but for what is final.
 */
final class HostSession {
  /** Sets that chunks may still name; the oldest goes when there is one more. */
  static final int MAX_DECLARED = 16;

  /** A host is described once in so many ticks at most because its spool grows or shrinks. */
  private static final int SPOOL_TICKS = 10;

  private static final SeriesSet EMPTY = SeriesSet.of(List.of());
  private static final SeriesSet[] NONE = {};

  private final AgentSession session;
  private final HostId id;
  private final long claimedAtMs;
  private final long sinceMs;
  private final PackedTail tail = new PackedTail();
  private HostProfile profile;
  private SeriesSet set = EMPTY;
  private SeriesSet[] declared = NONE;
  private SampleDecoder decoder = new SampleDecoder(0);
  private boolean current;
  private long lastSampleAtMs;
  private int revision;
  private boolean described;
  private Optional<SpoolReport> spool = Optional.empty();
  private int spoolTick;

  HostSession(AgentSession session, HostProfile profile, long claimedAtMs, long sinceMs) {
    this.session = session;
    this.id = profile.id();
    this.profile = profile;
    this.claimedAtMs = claimedAtMs;
    this.sinceMs = sinceMs;
  }

  HostId id() {
    return id;
  }

  AgentSession session() {
    return session;
  }

  /** When its connection claimed it. */
  long claimedAtMs() {
    return claimedAtMs;
  }

  PackedTail tail() {
    return tail;
  }

  boolean isCurrent() {
    return current;
  }

  void present(HostProfile next) {
    profile = next;
    describeAgain();
  }

  void describeAgain() {
    described = false;
  }

  /** Takes what the agent says of its spool; that it grows is told on only now and then. */
  void spool(SpoolReport next, int tick) {
    boolean sameState = spool.filter(last -> last.state() == next.state()).isPresent();
    spool = Optional.of(next);
    if (!sameState || tick - spoolTick >= SPOOL_TICKS) {
      spoolTick = tick;
      describeAgain();
    }
  }

  /**
   * Declares a set.
   *
   * @return by how many series the host's declared sets became more
   */
  int declare(SeriesSet next, boolean isCurrent) {
    int more = remember(next);
    if (isCurrent) {
      set = next;
      decoder = new SampleDecoder(next.size());
      current = true;
      lastSampleAtMs = 0;
      describeAgain();
    }
    return more;
  }

  /** Returns the declared set that a chunk names. */
  SeriesSet declared(SetHash hash) throws Malformed {
    for (int i = declared.length - 1; i >= 0; i--) {
      if (declared[i].hash().equals(hash)) {
        return declared[i];
      }
    }
    throw new Malformed(Fault.ORDER, "a chunk before its set of series was declared");
  }

  /** Takes a sample: newest values, newest seconds, whoever watches. */
  void sampled(ByteBuffer delta, long nowMs, SessionLoop loop) throws Malformed {
    long agentStartMs = session.agentStartMs();
    int start = delta.position();
    tail.prepare(set, agentStartMs, decoder);
    decoder.decode(delta);
    long takenAtMs = decoder.takenAtMs();
    if (!loop.isNear(takenAtMs, nowMs)) {
      throw new Malformed(Fault.TIME, "a sample taken at " + takenAtMs + " when it is " + nowMs);
    }
    delta.position(start);
    tail.add(delta, takenAtMs);
    lastSampleAtMs = nowMs;
    loop.feeds().sampled(id, set, agentStartMs, decoder);
  }

  /** Says what there is to say of this host this second. */
  void write(FleetFrameWriter out, SessionLoop loop) {
    if (!described) {
      revision = loop.nextRevision();
      out.describe(profile, set, revision, claimedAtMs, sinceMs, session.address(), spool);
      described = true;
    }
    out.values(
        id,
        revision,
        lastSampleAtMs,
        session.rttMs(),
        session.clockOffsetMs(),
        set.size(),
        decoder);
  }

  private int remember(SeriesSet next) {
    for (SeriesSet known : declared) {
      if (known.hash().equals(next.hash())) {
        return 0;
      }
    }
    if (declared.length < MAX_DECLARED) {
      declared = Arrays.copyOf(declared, declared.length + 1);
      declared[declared.length - 1] = next;
      return next.size();
    }
    int less = declared[0].size();
    declared = Arrays.copyOfRange(declared, 1, declared.length + 1);
    declared[declared.length - 1] = next;
    return next.size() - less;
  }
}
