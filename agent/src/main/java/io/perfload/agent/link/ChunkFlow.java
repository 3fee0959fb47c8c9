// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.link;

import io.perfload.agent.spool.SealedChunk;
import io.perfload.agent.spool.Spool;
import io.perfload.common.bytes.Fault;
import io.perfload.common.bytes.Malformed;
import io.perfload.common.chunk.PackedChunk;
import io.perfload.common.chunk.Tier;
import io.perfload.common.model.SeriesSet;
import io.perfload.common.wire.AgentMessage;
import io.perfload.common.wire.AgentMessageEncoder;
import io.perfload.common.wire.WorkerMessage;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Chunks on one connection, in the order they were sealed, no more of them unacknowledged than the
 * worker gave credit for. Those that wait when the connection begins are sent at once, later ones
 * when they are due. Confined to the link's thread.
 */
final class ChunkFlow {
  private final Spool spool;
  private final DeclaredSets sets;
  private final InstantSource clock;
  private final SendOffset offset;
  private final long atOnceThrough;
  private final ArrayDeque<SealedChunk> inFlight = new ArrayDeque<>();
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

  /** Writes the next chunk; false if there is none to write now. */
  boolean write(AgentMessageEncoder out) {
    while (inFlight.size() < credit) {
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
      settle(inFlight.remove(), Optional.ofNullable(refused.get(settled)));
      settled++;
    }
    credit = ack.credit();
  }

  private void settle(SealedChunk chunk, Optional<String> refusal) {
    if (refusal.isPresent()) {
      spool.refuse(chunk, refusal.get());
    } else {
      spool.acknowledge(chunk);
    }
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
    out.write(new AgentMessage.Chunk(java.nio.ByteBuffer.wrap(packed.get().bytes())));
    inFlight.add(chunk);
    return true;
  }
}
