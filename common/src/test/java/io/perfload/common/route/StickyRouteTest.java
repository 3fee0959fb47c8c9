// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.common.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class StickyRouteTest {
  private static final long FIRST = ClientKey.of(new byte[] {10, 0, 0, 0}, 0, 4);

  private final StickyRoute route = new StickyRoute();

  @Property
  void theChoiceIsTheFirstPreferenceWhileNoBoundIsReached(
      @ForAll long client, @ForAll @IntRange(min = 1, max = 32) int slots) {
    var table = new LoadTable(new int[slots]);

    assertThat(route.choose(client, table)).isEqualTo(route.preference(client, table)[0]);
  }

  @Property
  void aShutSlotGivesItsClientsToTheirNextBest(
      @ForAll long client, @ForAll @IntRange(min = 2, max = 32) int slots) {
    var table = new LoadTable(new int[slots]);
    int[] preference = route.preference(client, table);
    table.shut.set(preference[0]);

    assertThat(route.choose(client, table)).isEqualTo(preference[1]);
  }

  @Property
  void aSlotThatGoesMovesItsOwnClientsAndNoOther(
      @ForAll long client,
      @ForAll @IntRange(min = 2, max = 32) int slots,
      @ForAll @IntRange(min = 0, max = 31) int victim) {
    var table = new LoadTable(new int[slots]);
    int before = route.choose(client, table);
    table.gone.set(victim % slots);

    int after = route.choose(client, table);

    if (before == victim % slots) {
      assertThat(after).isNotEqualTo(before);
    } else {
      assertThat(after).isEqualTo(before);
    }
  }

  @Test
  void neighbouringAddressesSpreadEvenly() {
    int slots = 8;
    int clients = 80_000;
    var table = new LoadTable(new int[slots]);
    int[] counts = new int[slots];

    for (int i = 0; i < clients; i++) {
      counts[route.choose(FIRST + i, table)]++;
    }

    assertThat(Arrays.stream(counts).max().orElseThrow()).isLessThan(clients / slots * 103 / 100);
    assertThat(Arrays.stream(counts).min().orElseThrow()).isGreaterThan(clients / slots * 97 / 100);
  }

  @Test
  void losingOneOfEightMovesAnEighth() {
    int clients = 80_000;
    var whole = new LoadTable(new int[8]);
    var oneLess = new LoadTable(new int[8]);
    oneLess.gone.set(3);

    long moved =
        IntStream.range(0, clients)
            .filter(i -> route.choose(FIRST + i, whole) != route.choose(FIRST + i, oneLess))
            .count();

    assertThat(moved).isBetween(clients / 8L * 97 / 100, clients / 8L * 103 / 100);
  }

  @Test
  void clientsOfOneAddressSpreadWithinTheBound() {
    var table = new LoadTable(new int[4]);

    for (int i = 0; i < 1_000; i++) {
      int slot = route.choose(FIRST, table);
      table.loads[slot]++;
      long total = i + 1L;
      assertThat((long) table.loads[slot]).isLessThanOrEqualTo(Math.max(65, total * 5 / 16 + 1));
    }

    assertThat(Arrays.stream(table.loads).sum()).isEqualTo(1_000);
  }

  @Test
  void aSmallLoadIsNeverTooMuch() {
    var table = new LoadTable(0, 0, 0, 0);
    int favourite = route.choose(FIRST, table);
    table.loads[favourite] = StickyRoute.FREE_LOAD;

    assertThat(route.choose(FIRST, table)).isEqualTo(favourite);
  }

  @Test
  void anOverloadedSlotStillTakesAClientWhenTheOthersAreShut() {
    var table = new LoadTable(1_000, 0, 0);
    table.shut.set(1);
    table.shut.set(2);

    assertThat(route.choose(FIRST, table)).isZero();
  }

  @Test
  void nobodyIsChosenFromAnEmptyRoster() {
    assertThat(route.choose(FIRST, new LoadTable())).isEqualTo(StickyRoute.NONE);
    assertThat(route.preference(FIRST, new LoadTable())).isEmpty();
  }

  @Property
  void theOnlySlotTakesEverybody(@ForAll long client, @ForAll @IntRange(min = 0) int load) {
    assertThat(route.choose(client, new LoadTable(load))).isZero();
  }

  @Property
  void preferenceNamesEveryLiveSlotOnce(
      @ForAll long client, @ForAll @IntRange(min = 0, max = 64) int slots) {
    int[] preference = route.preference(client, new LoadTable(new int[slots]));

    assertThat(Arrays.stream(preference).sorted().toArray())
        .isEqualTo(IntStream.range(0, slots).toArray());
  }
}
