// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.adopt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class AddressCountsTest {
  private static final int MOST = 3;

  private final AddressCounts counts = new AddressCounts(7);

  @Test
  void anAddressHasRoomAgainWhenOneOfItsConnectionsGoes() {
    for (int i = 0; i < MOST; i++) {
      assertThat(counts.enter(5, MOST)).isTrue();
    }
    assertThat(counts.enter(5, MOST)).isFalse();
    assertThat(counts.enter(6, MOST)).isTrue();

    counts.leave(5);

    assertThat(counts.enter(5, MOST)).isTrue();
    assertThat(counts.enter(5, MOST)).isFalse();
  }

  @Test
  void theAddressWhoseKeyIsZeroIsOneLikeAllOthers() {
    assertThat(counts.enter(0, 1)).isTrue();
    assertThat(counts.enter(0, 1)).isFalse();
    counts.leave(0);
    assertThat(counts.count(0)).isZero();
  }

  @Test
  void nothingIsKeptOfThoseThatLeft() {
    for (long client = 0; client < 100_000; client++) {
      counts.enter(client, MOST);
    }
    for (long client = 0; client < 100_000; client++) {
      counts.leave(client);
    }

    assertThat(counts.addresses()).isZero();
    assertThat(counts.places()).isLessThanOrEqualTo(64);
  }

  @Test
  void nobodyCanLeaveWhoDidNotEnter() {
    assertThatThrownBy(() -> counts.leave(1)).isInstanceOf(IllegalStateException.class);
  }

  @Property
  void theyCountAsASlowMapWould(
      @ForAll @Size(max = 2_000) List<@IntRange(min = -400, max = 400) Integer> moves) {
    var table = new AddressCounts(moves.size());
    Map<Long, Integer> expected = new HashMap<>();
    for (int move : moves) {
      long client = Math.abs((long) move);
      int before = expected.getOrDefault(client, 0);
      if (move < 0 && before > 0) {
        table.leave(client);
        expected.merge(client, -1, (a, b) -> a + b == 0 ? null : a + b);
      } else if (move >= 0) {
        assertThat(table.enter(client, MOST)).isEqualTo(before < MOST);
        expected.put(client, Math.min(MOST, before + 1));
      }
    }

    assertThat(table.addresses()).isEqualTo(expected.size());
    for (long client = 0; client <= 400; client++) {
      assertThat(table.count(client)).isEqualTo(expected.getOrDefault(client, 0));
    }
  }
}
