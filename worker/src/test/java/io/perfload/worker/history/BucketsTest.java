// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.history;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class BucketsTest {
  @Property
  void theyCoverTheSpanAreNoMoreThanAskedAndBeginAtMultiples(
      @ForAll @LongRange(min = 0, max = 2_000_000_000_000L) long from,
      @ForAll @LongRange(min = 1, max = 172_800_000) long span,
      @ForAll @IntRange(min = 1, max = 10_000) int points) {
    Buckets buckets = Buckets.covering(from, from + span, 1_000, points);

    assertThat(buckets.count()).isBetween(1, points);
    assertThat(buckets.startMs()).isLessThanOrEqualTo(from);
    assertThat(buckets.endMs()).isGreaterThanOrEqualTo(from + span);
    assertThat(buckets.stepMs() % 1_000).isZero();
    assertThat(buckets.of(from)).isZero();
    assertThat(buckets.of(from + span - 1)).isEqualTo(buckets.count() - 1);
    if (points > 1) {
      assertThat(buckets.startMs() % buckets.stepMs()).isZero();
    }
  }

  @Example
  void twoMinutesWithRoomAreSecondBySecond() {
    assertThat(Buckets.covering(60_000, 180_000, 1_000, 1_000))
        .isEqualTo(new Buckets(60_000, 1_000, 120));
  }

  @Example
  void momentsOutsideAreInNoBucket() {
    Buckets buckets = Buckets.covering(60_000, 120_000, 1_000, 60);

    assertThat(buckets.of(59_999)).isNegative();
    assertThat(buckets.of(120_000)).isEqualTo(buckets.count());
  }
}
