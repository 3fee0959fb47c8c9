// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import io.perfload.common.chunk.PackedChunk;
import io.perfload.common.model.HostId;
import io.perfload.common.model.Kind;
import io.perfload.common.model.Measure;
import io.perfload.common.model.Sample;
import io.perfload.common.model.Series;
import io.perfload.common.model.SeriesSet;
import io.perfload.common.model.Unit;
import io.perfload.worker.fleet.TailPart;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HistoryReaderTest {
  private final HostId host = HostId.random();
  private final MemoryChunkStore store = new MemoryChunkStore();
  private final MemorySeriesStore series = new MemorySeriesStore();
  private final MemoryGapStore gaps = new MemoryGapStore();
  private final HistoryReader reader = new HistoryReader(store, series, gaps);

  @BeforeEach
  void saveSets() throws Exception {
    series.save(List.of(Minutes.SMALL, Minutes.LARGE));
  }

  @Test
  void secondsComeBackAsTheyWereStored() throws Exception {
    insert(Minutes.packed(host, Minutes.SMALL, 0, 60));

    SeriesLine cpu = read("cpu.utilization", 0, 60, 60, List.of()).lines().get(0);

    for (int second = 0; second < 60; second++) {
      double stored = Minutes.sample(Minutes.SMALL, second).scaled()[0] / 1e4;
      assertThat(cpu.avg(second)).isEqualTo(stored);
      assertThat(cpu.min(second)).isEqualTo(stored);
      assertThat(cpu.max(second)).isEqualTo(stored);
    }
  }

  @Test
  void manySecondsAreOnePointWithEachReadingCountedOnce() throws Exception {
    insert(Minutes.packed(host, Minutes.SMALL, 0, 60));
    insert(Minutes.packed(host, Minutes.SMALL, 60, 61));

    SeriesAnswer answer = read("cpu.utilization", 0, 120, 1, List.of());

    double[] all =
        IntStream.range(0, 61)
            .mapToDouble(second -> Minutes.sample(Minutes.SMALL, second).scaled()[0] / 1e4)
            .toArray();
    SeriesLine line = answer.lines().get(0);
    assertThat(line.avg(0))
        .isCloseTo(
            IntStream.range(0, 61).mapToDouble(i -> all[i]).average().orElseThrow(), offset(1e-9));
    assertThat(line.min(0))
        .isEqualTo(IntStream.range(0, 61).mapToDouble(i -> all[i]).min().orElseThrow());
    assertThat(line.max(0))
        .isEqualTo(IntStream.range(0, 61).mapToDouble(i -> all[i]).max().orElseThrow());
  }

  @Test
  void whereNobodyReadThereIsNothing() throws Exception {
    insert(Minutes.packed(host, Minutes.SMALL, 10, 20));

    SeriesLine cpu = read("cpu.utilization", 0, 60, 60, List.of()).lines().get(0);

    assertThat(cpu.avg(9)).isNaN();
    assertThat(cpu.avg(10)).isNotNaN();
    assertThat(cpu.avg(20)).isNaN();
  }

  @Test
  void theNewestSecondsAreTakenFromTheTailAndNoneCountsTwice() throws Exception {
    insert(Minutes.packed(host, Minutes.SMALL, 0, 40));
    List<Sample> newest = new ArrayList<>();
    for (int second = 30; second < 60; second++) {
      newest.add(Minutes.sample(Minutes.SMALL, second));
    }

    SeriesLine one =
        read(
                "cpu.utilization",
                0,
                60,
                60,
                List.of(new TailPart(Minutes.SMALL, Minutes.RUN, newest)))
            .lines()
            .get(0);
    insert(Minutes.packed(host, Minutes.SMALL, 60, 120));
    SeriesLine whole =
        read("cpu.utilization", 0, 60, 1, List.of(new TailPart(Minutes.SMALL, Minutes.RUN, newest)))
            .lines()
            .get(0);

    double sum = 0;
    for (int second = 0; second < 60; second++) {
      sum += one.avg(second);
    }
    assertThat(whole.avg(0)).isCloseTo(sum / 60, offset(1e-9));
  }

  @Test
  void instancesAreFoundByStarWhateverSetTheirMinuteHas() throws Exception {
    insert(Minutes.packed(host, Minutes.SMALL, 0, 60));
    insert(Minutes.packed(host, Minutes.LARGE, 60, 120));

    List<SeriesLine> lines = read("disk.read:*", 0, 120, 200, List.of()).lines();

    assertThat(lines).extracting(SeriesLine::instance).containsExactly("sda", "sdb");
    assertThat(lines.get(0).avg(0)).isNotNaN();
    assertThat(lines.get(1).avg(0)).isNaN();
    assertThat(lines.get(1).avg(60)).isNotNaN();
  }

  @Test
  void aMeasureThatEveryAgentHasIsThereWithoutReadingsAndAnUnknownOneIsNot() throws Exception {
    List<SeriesLine> lines =
        reader
            .series(
                new SeriesQuery(
                    host,
                    List.of(pattern("load.1m"), pattern("something.else")),
                    Minutes.START,
                    Minutes.START + 60_000,
                    60),
                List.of())
            .lines();

    assertThat(lines).extracting(SeriesLine::measure).containsExactly("load.1m");
    assertThat(lines.get(0).avg(0)).isNaN();
  }

  @Test
  void longSpansAreLookedUpInBoundedSteps() throws Exception {
    int before = store.calls();

    read("cpu.utilization", 0, 86_400, 1_440, List.of());

    assertThat(store.calls() - before).isEqualTo(12);
  }

  @Test
  void anAnswerThatWouldBeTooLargeIsRefused() throws Exception {
    List<Series> many = new ArrayList<>();
    var measure = new Measure("disk.used", Unit.BYTES, Kind.GAUGE, 0);
    for (int i = 0; i < 300; i++) {
      many.add(new Series(measure, "/mnt" + i));
    }
    SeriesSet set = SeriesSet.of(many);
    series.save(List.of(set));

    assertThatThrownBy(
            () -> {
              insert(Minutes.packed(host, set, 0, 60));
              read("disk.used:*", 0, 3_600, 3_600, List.of());
            })
        .isInstanceOf(QueryTooLarge.class)
        .hasMessageContaining("fewer");
  }

  @Test
  void aChunkWhoseSetIsUnknownIsAGapAndCounted() throws Exception {
    SeriesSet lost = SeriesSet.of(List.of(Minutes.SMALL.series().get(0)));
    insert(Minutes.packed(host, lost, 0, 60));

    assertThat(read("cpu.utilization", 0, 60, 60, List.of()).lines().get(0).avg(0)).isNaN();
    assertThat(reader.unreadable()).isEqualTo(1);
  }

  private void insert(PackedChunk chunk) throws StoreUnavailable {
    store.insert(List.of(chunk), Long.MAX_VALUE);
  }

  private SeriesAnswer read(String what, int from, int to, int points, List<TailPart> tail)
      throws StoreUnavailable, QueryTooLarge {
    return reader.series(
        new SeriesQuery(
            host,
            List.of(pattern(what)),
            Minutes.START + from * 1000L,
            Minutes.START + to * 1000L,
            points),
        tail);
  }

  private static SeriesPattern pattern(String text) {
    return SeriesPattern.parse(text).orElseThrow();
  }
}
