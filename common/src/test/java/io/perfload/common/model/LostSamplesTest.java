// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.common.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class LostSamplesTest {
  @Property
  void twoAccountsOfAGapAreOneWhicheverCameFirst(
      @ForAll @IntRange(min = 0, max = 9) int from,
      @ForAll @IntRange(min = 0, max = 9) int otherFrom,
      @ForAll @IntRange(min = 0, max = 9) int samples,
      @ForAll LostSamples.Reason reason,
      @ForAll LostSamples.Reason otherReason) {
    var one = new LostSamples(7, from, from + 5, samples, reason);
    var other = new LostSamples(7, otherFrom, otherFrom + 3, 4, otherReason);

    assertThat(one.and(other)).isEqualTo(other.and(one));
    assertThat(one.and(other).and(other)).isEqualTo(one.and(other));
    assertThat(one.and(one)).isEqualTo(one);
  }

  @Test
  void aGapLastsLongerThanNothing() {
    assertThatThrownBy(() -> new LostSamples(1, 5, 5, 1, LostSamples.Reason.REFUSED))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("toMs: 5");
  }

  @Test
  void gapsOfDifferentIdsAreNotOne() {
    var one = new LostSamples(1, 0, 5, 1, LostSamples.Reason.REFUSED);
    var other = new LostSamples(2, 0, 5, 1, LostSamples.Reason.REFUSED);

    assertThatThrownBy(() -> one.and(other)).isInstanceOf(IllegalArgumentException.class);
  }
}
