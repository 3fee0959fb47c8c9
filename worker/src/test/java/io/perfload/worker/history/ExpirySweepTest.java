// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.perfload.common.chunk.PackedChunk;
import io.perfload.common.model.HostId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExpirySweepTest {
  private static final Duration KEEP = Duration.ofHours(1);

  private final HostId host = HostId.random();
  private final MemoryChunkStore store = new MemoryChunkStore();
  private Instant now = Instant.ofEpochMilli(Minutes.START);
  private final InstantSource clock = () -> now;
  private final ExpirySweep sweep = sweep();

  @Test
  void chunksGoWhenTheyHaveBeenKeptLongEnough() throws Exception {
    sweepAll();
    store.insert(List.of(minute(0)), now.plus(KEEP).toEpochMilli());
    store.insert(List.of(minute(90)), now.plus(KEEP.multipliedBy(3)).toEpochMilli());

    now = now.plus(KEEP).minusSeconds(60);
    sweepAll();
    assertThat(store.size()).isEqualTo(2);
    now = now.plus(Duration.ofMinutes(10));
    sweepAll();

    assertThat(store.size()).isEqualTo(1);
    assertThat(store.stored(minute(90).id())).isPresent();
  }

  @Test
  void aChunkThatCameLateStaysAsLongFromItsArrival() throws Exception {
    sweepAll();
    now = now.plus(Duration.ofMinutes(50));
    store.insert(List.of(minute(0)), now.plus(KEEP).toEpochMilli());

    now = now.plus(Duration.ofMinutes(40));
    sweepAll();
    assertThat(store.size()).isEqualTo(1);
    now = now.plus(KEEP);
    sweepAll();

    assertThat(store.size()).isZero();
  }

  @Test
  void twoWorkersShareTheTimeLine() throws Exception {
    sweepAll();
    store.insert(List.of(minute(0), minute(25)), now.plus(KEEP).toEpochMilli());
    ExpirySweep other = sweep();
    now = now.plus(KEEP.multipliedBy(2));

    boolean more = true;
    while (more) {
      boolean one = sweep.sweepNext();
      more = other.sweepNext() || one;
    }

    assertThat(store.size()).isZero();
  }

  private void sweepAll() throws StoreUnavailable {
    for (int step = 0; step < 1_000 && sweep.sweepNext(); step++) {
      assertThat(step).isLessThan(999);
    }
  }

  private ExpirySweep sweep() {
    var writer =
        new HistoryWriter(
            store,
            new MemorySeriesStore(),
            new MemoryGapStore(),
            HistorySettings.DEFAULTS,
            clock,
            System::nanoTime,
            new Random(1));
    return new ExpirySweep(store, () -> List.of(host), KEEP, clock, writer);
  }

  private PackedChunk minute(int minute) {
    return Minutes.packed(host, Minutes.SMALL, minute * 60L, minute * 60L + 60);
  }
}
