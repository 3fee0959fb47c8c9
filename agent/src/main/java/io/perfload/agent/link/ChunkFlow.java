// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.link;

import io.perfload.agent.spool.SealedChunk;
import io.perfload.agent.spool.Spool;
import io.perfload.common.bytes.Fault;
import io.perfload.common.bytes.Malformed;
import io.perfload.common.chunk.PackedChunk;
import io.perfload.common.chunk.Tier;
import io.perfload.common.model.LostSamples;
import io.perfload.common.model.SeriesSet;
import io.perfload.common.wire.AgentMessage;
import io.perfload.common.wire.AgentMessageEncoder;
import io.perfload.common.wire.WorkerMessage;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Chunks and gaps on one connection, no more of them unacknowledged than the worker gave credit
 * for. Gaps come first, they are small; then chunks in the order they were sealed: those that wait
 * when the connection begins are sent at once, later ones when they are due. Confined to the link's
 * thread.
 */
final class ChunkFlow {
  private final Spool spool;
  private final DeclaredSets sets;
  private final InstantSource clock;
  private final SendOffset offset;
  private final long atOnceThrough;
  private final ArrayDeque<Sent> inFlight = new ArrayDeque<>();
  private final Set<Long> gapsInFlight = new HashSet<>();
  private long lastNumber;
  private long settled;
  private int credit;

  /**
   * Begins with the oldest chunk.
   *
   * @param atOnceThrough chunks up to this number need not wait until they are due
   */
  ChunkFlow(
      Spool spool, DeclaredSets sets, InstantSource clock, SendOffset offset, long atOnceThrough) {
    this.spool = spool;
    this.sets = sets;
    this.clock = clock;
    this.offset = offset;
    this.atOnceThrough = atOnceThrough;
  }

  void credit(int credit) {
    this.credit = credit;
  }

  /** Writes the next gap or chunk; false if there is none to write now. */
  boolean write(AgentMessageEncoder out) {
    while (inFlight.size() < credit) {
      Optional<LostSamples> gap = spool.nextGap(gapsInFlight);
      if (gap.isPresent()) {
        write(gap.get(), out);
        return true;
      }
      Optional<SealedChunk> next = spool.next(lastNumber).filter(this::isDue);
      if (next.isEmpty()) {
        return false;
      }
      lastNumber = next.get().number();
      if (write(next.get(), out)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Settles what the worker answered.
   *
   * @throws Malformed when it answers for chunks that were not sent
   */
  void settle(WorkerMessage.Ack ack) throws Malformed {
    if (ack.chunks() < settled || ack.chunks() - settled > inFlight.size()) {
      throw new Malformed(
          Fault.VALUE,
          ack.chunks()
              + " chunks acknowledged (expected: "
              + settled
              + " to "
              + (settled + inFlight.size())
              + ")");
    }
    Map<Long, String> refused = new HashMap<>();
    ack.refusals().forEach(refusal -> refused.put(refusal.chunk(), refusal.reason()));
    while (settled < ack.chunks()) {
      inFlight.remove().settled(Optional.ofNullable(refused.get(settled)));
      settled++;
    }
    credit = ack.credit();
  }

  private boolean isDue(SealedChunk chunk) {
    long endMs = chunk.startMs() + Tier.SECOND.spanMs();
    return chunk.number() <= atOnceThrough || offset.isOver(endMs, clock.millis());
  }

  /** False for a chunk that turns out to be gone. */
  private boolean write(SealedChunk chunk, AgentMessageEncoder out) {
    Optional<PackedChunk> packed = spool.load(chunk);
    if (packed.isEmpty()) {
      return false;
    }
    if (!sets.has(chunk.set())) {
      Optional<SeriesSet> set = spool.setOf(chunk);
      if (set.isEmpty()) {
        return false;
      }
      sets.declare(set.get(), out);
    }
    out.write(new AgentMessage.Chunk(ByteBuffer.wrap(packed.get().bytes())));
    inFlight.add(refusal -> settle(chunk, refusal));
    return true;
  }

  private void write(LostSamples gap, AgentMessageEncoder out) {
    out.write(new AgentMessage.Gap(DeclaredSets.HOST, gap));
    gapsInFlight.add(gap.id());
    inFlight.add(refusal -> settle(gap, refusal));
  }

  private void settle(SealedChunk chunk, Optional<String> refusal) {
    if (refusal.isPresent()) {
      spool.refuse(chunk, refusal.get());
    } else {
      spool.acknowledge(chunk);
    }
  }

  private void settle(LostSamples gap, Optional<String> refusal) {
    gapsInFlight.remove(gap.id());
    if (refusal.isPresent()) {
      spool.refuse(gap);
    } else {
      spool.acknowledge(gap);
    }
  }

  /** Something that was sent and has no answer yet. */
  private interface Sent {
    /** The answer: nothing, or why it was refused. */
    void settled(Optional<String> refusal);
  }
}
