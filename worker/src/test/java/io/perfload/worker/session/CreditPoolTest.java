// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.perfload.worker.history.ChunkIntake.Capacity;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CreditPoolTest {
  private static final long PLENTY = 1L << 40;

  @Test
  void aSmallFleetGetsMoreWithEveryAcknowledgementUpToTheMost() {
    var pool = new CreditPool(64, new Capacity(20_000, PLENTY));
    int credit = pool.begin();
    List<Integer> course = new ArrayList<>(List.of(credit));

    for (int i = 0; i < 6; i++) {
      credit = pool.renew(credit);
      course.add(credit);
    }

    assertThat(course).containsExactly(4, 8, 16, 32, 64, 64, 64);
  }

  @Test
  void allTogetherNeverHaveMoreThanFits() {
    var pool = new CreditPool(64, new Capacity(1_000, PLENTY));
    List<Integer> credits = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      credits.add(pool.begin());
      assertThat(pool.granted()).isLessThanOrEqualTo(1_000);
    }

    assertThat(credits.get(0)).isEqualTo(4);
    assertThat(credits.get(2_999)).isZero();
    assertThat(pool.isShort()).isTrue();
    for (int i = 0; i < 3_000; i++) {
      credits.set(i, pool.renew(credits.get(i)));
      assertThat(pool.granted()).isLessThanOrEqualTo(1_000);
    }

    assertThat(credits).allMatch(credit -> credit <= 1);
    assertThat(credits.stream().mapToInt(credit -> credit).sum()).isEqualTo(1_000);
  }

  @Test
  void whatOneGivesBackAnotherGets() {
    var pool = new CreditPool(64, new Capacity(4, PLENTY));
    int first = pool.begin();
    int second = pool.begin();
    assertThat(first).isEqualTo(4);
    assertThat(second).isZero();

    first = pool.trim(first, pool.idleShare());
    second = pool.renew(second);

    assertThat(first).isEqualTo(2);
    assertThat(second).isEqualTo(2);
    assertThat(pool.isShort()).isFalse();
  }

  @Test
  void whereThereAreMoreThanPlacesTheyGoRound() {
    var pool = new CreditPool(64, new Capacity(1, PLENTY));
    int first = pool.begin();
    int second = pool.begin();
    assertThat(pool.idleShare()).isZero();

    first = pool.trim(first, pool.idleShare());
    second = pool.renew(second);

    assertThat(first).isZero();
    assertThat(second).isEqualTo(1);
  }

  @Test
  void whoEndsLeavesEverything() {
    var pool = new CreditPool(64, new Capacity(4, PLENTY));
    int first = pool.begin();
    int second = pool.begin();

    pool.end(second);
    assertThat(pool.isShort()).isFalse();
    pool.end(first);

    assertThat(pool.granted()).isZero();
    assertThat(pool.begin()).isEqualTo(4);
  }

  @Test
  void ofLargeChunksFewerFit() {
    var pool = new CreditPool(64, new Capacity(20_000, 1 << 20));
    for (int i = 0; i < 2_000; i++) {
      pool.saw(100_000);
    }
    int credit = pool.begin();
    for (int i = 0; i < 5; i++) {
      credit = pool.renew(credit);
    }

    assertThat(credit).isBetween(8, 12);
  }
}
