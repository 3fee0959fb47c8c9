// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.faults.simulated;

import io.perfload.bench.faults.oracle.Failure;
import io.perfload.common.chunk.Chunk;
import io.perfload.common.chunk.Tier;
import io.perfload.common.model.HostId;
import io.perfload.common.model.Sample;
import io.perfload.common.model.Series;
import io.perfload.worker.history.HistoryReader;
import io.perfload.worker.history.QueryTooLarge;
import io.perfload.worker.history.SeriesAnswer;
import io.perfload.worker.history.SeriesPattern;
import io.perfload.worker.history.SeriesQuery;
import io.perfload.worker.history.StoreUnavailable;
import java.util.List;

/** Asks for the history as a browser does and compares it with what is stored. One thread. */
final class ShownHistory {
  private final World world;
  private final SimulatedStore store;
  private final HistoryReader reader;

  ShownHistory(World world, SimulatedStore store) {
    this.world = world;
    this.store = store;
    var session = new StoreSession(world, store, Life.ETERNAL);
    reader = new HistoryReader(session.chunks(), session.series(), session.gaps());
  }

  void check(List<HostId> hosts) {
    hosts.forEach(this::check);
  }

  private void check(HostId host) {
    List<Chunk> chunks = store.chunks(host);
    long distinct = chunks.stream().map(Chunk::id).distinct().count();
    if (distinct != chunks.size()) {
      world.oracle.fail(Failure.TWICE, chunks.size() + " chunks for " + distinct + " minutes");
    }
    chunks.forEach(this::check);
    if (reader.unreadable() > 0) {
      world.oracle.fail(Failure.WRONG_ANSWER, reader.unreadable() + " chunks cannot be read");
    }
  }

  private void check(Chunk chunk) {
    Series first = chunk.set().series().get(0);
    SeriesAnswer answer = ask(chunk, first);
    for (int place = 0; place < Tier.PLACES; place++) {
      long scaled = chunk.value(0, place);
      double expected = scaled == Sample.ABSENT ? Double.NaN : first.measure().unscale(scaled);
      boolean once =
          Double.compare(answer.lines().get(0).min(place), answer.lines().get(0).max(place)) == 0;
      if (!once) {
        world.oracle.fail(Failure.TWICE, chunk.id() + " place " + place);
      } else if (Double.compare(answer.lines().get(0).avg(place), expected) != 0) {
        world.oracle.fail(Failure.WRONG_ANSWER, chunk.id() + " place " + place);
      }
    }
  }

  private SeriesAnswer ask(Chunk chunk, Series series) {
    long from = chunk.id().startMs();
    var query =
        new SeriesQuery(
            chunk.id().host(),
            List.of(new SeriesPattern(series.measure().name(), series.instance(), false)),
            from,
            from + Tier.SECOND.spanMs(),
            Tier.PLACES);
    try {
      SeriesAnswer answer = reader.series(query, List.of());
      if (answer.points() != Tier.PLACES || answer.lines().size() != 1) {
        throw new IllegalStateException("points: " + answer.points());
      }
      return answer;
    } catch (StoreUnavailable | QueryTooLarge e) {
      throw new IllegalStateException("the store is there and the question is small", e);
    }
  }
}
