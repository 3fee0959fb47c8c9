// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.perfload.common.model.Kind;
import io.perfload.common.model.Measure;
import io.perfload.common.model.Series;
import io.perfload.common.model.SeriesSet;
import io.perfload.common.model.SetHash;
import io.perfload.common.model.Unit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every keeper of sets of series promises. */
public abstract class SeriesStoreContract {
  protected abstract SeriesStore store();

  @Test
  void aSetIsFoundByItsHash() throws Exception {
    store().save(List.of(Minutes.SMALL, Minutes.LARGE));

    assertThat(store().find(List.of(Minutes.LARGE.hash())))
        .containsOnlyKeys(Minutes.LARGE.hash())
        .containsValue(Minutes.LARGE);
  }

  @Test
  void savingAgainChangesNothing() throws Exception {
    store().save(List.of(Minutes.SMALL));
    store().save(List.of(Minutes.SMALL, Minutes.LARGE, Minutes.LARGE));

    assertThat(store().find(List.of(Minutes.SMALL.hash(), Minutes.LARGE.hash()))).hasSize(2);
  }

  @Test
  void whatIsUnknownIsNotInTheAnswer() throws Exception {
    assertThat(store().find(List.of(new SetHash(1, 2)))).isEmpty();
    assertThat(store().find(List.of())).isEmpty();
    store().save(List.of());
  }

  @Test
  void theLargestSetFits() throws Exception {
    List<Series> series = new ArrayList<>();
    var measure = new Measure("disk.used", Unit.BYTES, Kind.GAUGE, 0);
    for (int i = 0; i < SeriesSet.MAX_SERIES; i++) {
      series.add(new Series(measure, "/mnt/" + "ü".repeat(60) + i));
    }
    SeriesSet set = SeriesSet.of(series);

    store().save(List.of(set));

    assertThat(store().find(List.of(set.hash()))).containsValue(set);
  }
}
