// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.probe;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class CounterRateTest {
  @Test
  void rateIsTheChangeASecond() {
    var rate = new CounterRate();

    assertThat(rate.next(100, 0)).isNaN();
    assertThat(rate.next(400, 2 * Fixture.SECOND)).isEqualTo(150);
  }

  @Test
  void counterThatWentBackHasNoRateOnce() {
    var rate = new CounterRate();
    rate.next(100, 0);

    assertThat(rate.next(5, Fixture.SECOND)).isNaN();
    assertThat(rate.next(6, 2 * Fixture.SECOND)).isEqualTo(1);
  }

  @Test
  void counterPastTheSignedRangeGoesOn() {
    var rate = new CounterRate();
    rate.next(Long.MAX_VALUE, 0);

    assertThat(rate.next(Long.MIN_VALUE + 9, Fixture.SECOND)).isEqualTo(10);
  }

  @Test
  void readingAtTheSameInstantHasNoRate() {
    var rate = new CounterRate();
    rate.next(1, 7);

    assertThat(rate.next(2, 7)).isNaN();
  }

  @Property
  void rateIsNeverNegative(@ForAll @Size(min = 2, max = 20) long[] counts) {
    var rate = new CounterRate();
    for (int i = 0; i < counts.length; i++) {
      double next = rate.next(counts[i], i * Fixture.SECOND);
      assertThat(Double.isNaN(next) || next >= 0).isTrue();
    }
  }

  @Property
  void growthIsToldExactly(
      @ForAll @LongRange(min = 0, max = 1L << 40) long start,
      @ForAll @LongRange(min = 0, max = 1L << 40) long growth) {
    var rate = new CounterRate();
    rate.next(start, 0);

    assertThat(rate.next(start + growth, Fixture.SECOND)).isEqualTo((double) growth);
  }
}
