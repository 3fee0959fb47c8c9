// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.link;

import io.perfload.agent.sample.Reading;
import io.perfload.common.bytes.ByteWriter;
import io.perfload.common.model.SeriesSet;
import io.perfload.common.wire.AgentMessage;
import io.perfload.common.wire.AgentMessageEncoder;
import io.perfload.common.wire.SampleEncoder;
import java.util.List;
import java.util.Optional;

/**
 * Samples on one connection: first those of the open minute, then each as it comes. Confined to the
 * link's thread.
 */
final class LiveFlow {
  private final LiveTail tail;
  private final DeclaredSets sets;
  private final ByteWriter delta = new ByteWriter();
  private SeriesSet current = SeriesSet.of(List.of());
  private SampleEncoder encoder = new SampleEncoder(0);
  private long next;
  private long skipped;

  LiveFlow(LiveTail tail, DeclaredSets sets) {
    this.tail = tail;
    this.sets = sets;
    this.next = tail.openMinute();
  }

  /** Writes the next sample; false if there is none to write. */
  boolean write(AgentMessageEncoder out) {
    long from = tail.from(next);
    skipped += from - next;
    next = from;
    Optional<Reading> reading = tail.at(next);
    if (reading.isEmpty()) {
      return false;
    }
    write(reading.get(), out);
    next++;
    return true;
  }

  /** Samples that were not sent live because the worker was too slow. */
  long skipped() {
    return skipped;
  }

  private void write(Reading reading, AgentMessageEncoder out) {
    if (!reading.set().hash().equals(current.hash()) || !sets.has(current.hash())) {
      current = reading.set();
      encoder = new SampleEncoder(current.size());
      sets.declareCurrent(current, out);
    }
    encoder.encode(reading.sample(), delta.clear());
    out.write(new AgentMessage.Sample(DeclaredSets.HOST, delta.view()));
  }
}
