// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.perfload.common.model.HostFacts;
import io.perfload.common.model.HostId;
import io.perfload.common.model.HostProfile;
import io.perfload.common.model.Sample;
import io.perfload.common.model.SeriesSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What every keeper of hosts promises. */
public abstract class HostStoreContract {
  private final HostId id = HostId.random();

  protected abstract HostStore store();

  @Test
  void aHostComesBackAsItWasSaved() throws Exception {
    HostRecord record = record(id, "web-1", 5_000);

    store().save(List.of(record));

    assertThat(store().all()).containsExactly(record);
  }

  @Test
  void aHostThatNeverSentASampleComesBackToo() throws Exception {
    HostRecord record =
        new HostRecord(
            record(id, "silent", 0).profile(),
            "127.0.0.1",
            "here",
            0,
            1,
            0,
            SeriesSet.of(List.of()),
            Optional.empty());

    store().save(List.of(record));

    assertThat(store().all()).containsExactly(record);
  }

  @Test
  void theNewerRecordStaysInWhateverOrderTheyCome() throws Exception {
    store().save(List.of(record(id, "older", 5_000)));
    store().save(List.of(record(id, "newer", 6_000)));
    store().save(List.of(record(id, "older", 5_000)));

    assertThat(store().all()).containsExactly(record(id, "newer", 6_000));
  }

  @Test
  void aRecordAsNewAsTheStoredOneReplacesIt() throws Exception {
    store().save(List.of(record(id, "before", 5_000)));
    store().save(List.of(record(id, "after", 5_000)));

    assertThat(store().all()).containsExactly(record(id, "after", 5_000));
  }

  @Test
  void manyAreSavedAndAnOldOneAmongThemHindersNobody() throws Exception {
    store().save(List.of(record(id, "newer", 9_000)));
    List<HostRecord> many = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      many.add(record(HostId.random(), "host-" + i, 1_000));
    }
    many.add(150, record(id, "older", 1_000));

    store().save(many);

    many.remove(150);
    many.add(record(id, "newer", 9_000));
    assertThat(store().all()).containsExactlyInAnyOrderElementsOf(many);
    store().save(List.of());
  }

  private static HostRecord record(HostId id, String name, long lastSampleAt) {
    var facts =
        new HostFacts(
            new HostFacts.Os("Linux", "Debian GNU/Linux", "12", "amd64"),
            new HostFacts.Cpu("A CPU", 4, 8, 3_000_000_000L),
            16L << 30,
            1_000,
            "0.1.0");
    var labels = new TreeMap<>(Map.of("team.name", "a$b", "role", "web"));
    long[] scaled = new long[Minutes.SMALL.size()];
    scaled[1] = Sample.ABSENT;
    scaled[2] = Sample.MAX_SCALED;
    return new HostRecord(
        new HostProfile(id, name, labels, facts),
        "10.0.0.1",
        "node-1",
        3,
        1_000,
        lastSampleAt,
        Minutes.SMALL,
        Optional.of(new Sample(lastSampleAt, 7, scaled)));
  }
}
