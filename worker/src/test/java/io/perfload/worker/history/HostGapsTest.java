// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.perfload.common.model.HostId;
import io.perfload.common.model.LostSamples;
import io.perfload.common.model.LostSamples.Reason;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class HostGapsTest {
  private static final HostId HOST = HostId.of(3, 4);
  private static final HostGaps NONE = new HostGaps(HOST, List.of());

  @Property(tries = 500)
  void anyOrderRepetitionAndGrowthOfGapsGivesTheSameDocument(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int accounts) {
    var random = new Random(seed);
    List<LostSamples> told = new ArrayList<>();
    for (int i = 0; i < accounts; i++) {
      told.add(account(random, 1 + accounts / 4));
    }

    assertThat(stored(told, random)).isEqualTo(stored(told, random));
    assertThat(stored(told, random)).isEqualTo(NONE.with(told));
  }

  @Property(tries = 50)
  void whichOnesOverflowDoesNotDependOnTheOrderInWhichGapsGrow(@ForAll long seed) {
    var random = new Random(seed);
    List<LostSamples> told = new ArrayList<>();
    for (int i = 0; i < HostGaps.MAX_GAPS + 100; i++) {
      long from = Minutes.START + random.nextInt(10_000);
      var gap = new LostSamples(i, from, from + 1 + random.nextInt(5_000), 1, Reason.DAMAGED);
      told.add(gap);
      if (random.nextBoolean()) {
        told.add(new LostSamples(i, from - 5, gap.toMs() + 7, 2, Reason.SPOOL_FULL));
      }
    }

    HostGaps one = stored(told, random);

    assertThat(one.gaps()).hasSize(HostGaps.MAX_GAPS);
    assertThat(stored(told, random)).isEqualTo(one);
  }

  @Test
  void onlyGapsThatTouchTheTimeAskedForAreDrawn() {
    HostGaps gaps = NONE.with(List.of(gap(1, 10, 20), gap(2, 20, 30), gap(3, 40, 50)));

    assertThat(gaps.within(20, 40)).containsExactly(gap(2, 20, 30));
    assertThat(gaps.within(19, 41)).hasSize(3);
    assertThat(gaps.within(15, 16)).containsExactly(gap(1, 10, 20));
    assertThat(gaps.since(30)).isEqualTo(NONE.with(List.of(gap(2, 20, 30), gap(3, 40, 50))));
  }

  /** As the store has them after all were written in some order, some of them again and again. */
  private static HostGaps stored(List<LostSamples> told, Random random) {
    List<LostSamples> order = new ArrayList<>(told);
    for (int again = random.nextInt(5); again > 0; again--) {
      order.add(told.get(random.nextInt(told.size())));
    }
    Collections.shuffle(order, random);
    HostGaps stored = NONE;
    while (!order.isEmpty()) {
      List<LostSamples> some = order.subList(0, 1 + random.nextInt(order.size()));
      stored = stored.with(some).newest();
      some.clear();
    }
    return stored;
  }

  static LostSamples account(Random random, int ids) {
    long from = Minutes.START + random.nextInt(60_000);
    Reason reason = Reason.values()[random.nextInt(Reason.values().length)];
    return new LostSamples(
        random.nextInt(ids), from, from + 1 + random.nextInt(60_000), random.nextInt(60), reason);
  }

  private static LostSamples gap(long id, long from, long to) {
    return new LostSamples(id, from, to, 1, Reason.SPOOL_FULL);
  }
}
