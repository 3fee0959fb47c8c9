// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.history;

import static io.perfload.worker.history.ChunkStore.Insertion.STORED;
import static io.perfload.worker.history.ChunkStore.Insertion.TAKEN;
import static org.assertj.core.api.Assertions.assertThat;

import io.perfload.common.model.HostId;
import io.perfload.common.model.LostSamples;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every keeper of gaps promises. */
public abstract class GapStoreContract {
  private final HostId host = HostId.random();
  private final HostId other = HostId.random();

  /** The same store in every call of one test. */
  protected abstract GapStore store();

  @Test
  void gapsAreFoundAsTheyWereStored() throws Exception {
    HostGaps gaps = gaps(host, 3);

    assertThat(store().insert(List.of(gaps, gaps(other, 1)))).containsExactly(STORED, STORED);

    Map<HostId, GapStore.Found> found = store().find(List.of(host, other, HostId.random()));
    assertThat(found).containsOnlyKeys(host, other);
    assertThat(of(found, host).gaps()).isEqualTo(gaps);
  }

  @Test
  void whatIsTakenStaysAndTheRestOfTheBatchIsStored() throws Exception {
    store().insert(List.of(gaps(host, 1)));

    assertThat(store().insert(List.of(gaps(other, 2), gaps(host, 2))))
        .containsExactly(STORED, TAKEN);

    Map<HostId, GapStore.Found> found = store().find(List.of(host, other));
    assertThat(of(found, host).gaps()).isEqualTo(gaps(host, 1));
    assertThat(of(found, other).gaps()).isEqualTo(gaps(other, 2));
  }

  @Test
  void aReplacementNamesTheRevisionItSaw() throws Exception {
    store().insert(List.of(gaps(host, 1)));
    long rev = of(store().find(List.of(host)), host).rev();

    assertThat(store().replace(gaps(host, 2), rev)).isTrue();
    assertThat(store().replace(gaps(host, 3), rev)).isFalse();

    GapStore.Found found = of(store().find(List.of(host)), host);
    assertThat(found.gaps()).isEqualTo(gaps(host, 2));
    assertThat(found.rev()).isGreaterThan(rev);
  }

  @Test
  void nothingIsReplacedWhereNothingIs() throws Exception {
    assertThat(store().replace(gaps(host, 1), 0)).isFalse();
    assertThat(store().find(List.of(host))).isEmpty();
    assertThat(store().find(List.of())).isEmpty();
    assertThat(store().insert(List.of())).isEmpty();
  }

  @Test
  void asManyGapsAsAHostMayHaveFit() throws Exception {
    HostGaps many = gaps(host, HostGaps.MAX_GAPS);

    store().insert(List.of(many));

    assertThat(of(store().find(List.of(host)), host).gaps()).isEqualTo(many);
  }

  private static HostGaps gaps(HostId host, int count) {
    List<LostSamples> gaps = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      LostSamples.Reason reason = LostSamples.Reason.values()[i % 4];
      long from = Minutes.START + i * 1_000L;
      gaps.add(new LostSamples(i - 5L, from, from + 60_000, i, reason));
    }
    return new HostGaps(host, gaps);
  }

  private static GapStore.Found of(Map<HostId, GapStore.Found> all, HostId host) {
    return Optional.ofNullable(all.get(host)).orElseThrow();
  }
}
