// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.history;

import io.perfload.common.bytes.Malformed;
import io.perfload.common.chunk.Chunk;
import io.perfload.common.chunk.ChunkBuilder;
import io.perfload.common.chunk.ChunkCodec;
import io.perfload.common.chunk.ChunkId;
import io.perfload.common.chunk.PackedChunk;
import io.perfload.common.chunk.Tier;
import io.perfload.common.model.Catalogue;
import io.perfload.common.model.HostId;
import io.perfload.common.model.Sample;
import io.perfload.common.model.Series;
import io.perfload.common.model.SeriesSet;
import java.util.List;

/** Made-up readings for tests. */
public final class Minutes {
  /** 2026-01-01T00:00:00Z, the start of a minute. */
  public static final long START = 1_767_225_600_000L;

  public static final long RUN = START - 3_600_000;

  /** When the chunks of {@link #START} and the next minutes come. */
  public static final Arrival ARRIVAL = new Arrival(START + 120_000, START + 120_000);

  public static final SeriesSet SMALL =
      SeriesSet.of(
          List.of(
              Series.of(Catalogue.CPU_UTILIZATION),
              Series.of(Catalogue.MEMORY_USED),
              new Series(Catalogue.DISK_READ, "sda")));
  public static final SeriesSet LARGE =
      SeriesSet.of(
          List.of(
              Series.of(Catalogue.CPU_UTILIZATION),
              new Series(Catalogue.CPU_UTILIZATION, "0"),
              new Series(Catalogue.CPU_UTILIZATION, "1"),
              Series.of(Catalogue.MEMORY_USED),
              new Series(Catalogue.DISK_READ, "sda"),
              new Series(Catalogue.DISK_READ, "sdb")));

  private Minutes() {}

  /** A reading at a second after {@link #START} whose values follow from the second. */
  public static Sample sample(SeriesSet set, long second) {
    long[] scaled = new long[set.size()];
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = (second * 31 + i * 7L) % 10_000;
    }
    return new Sample(START + second * 1000, second + 100, scaled);
  }

  /** The seconds {@code from} (inclusive) to {@code to} of the minute they are in. */
  public static Chunk chunk(HostId host, SeriesSet set, long run, long from, long to) {
    long start = Tier.SECOND.startOf(START + from * 1000);
    var builder = new ChunkBuilder(new ChunkId(host, Tier.SECOND, start));
    for (long second = from; second < to; second++) {
      builder.add(set, run, sample(set, second));
    }
    return builder.build();
  }

  public static PackedChunk packed(HostId host, SeriesSet set, long from, long to) {
    return ChunkCodec.pack(chunk(host, set, RUN, from, to));
  }

  public static Chunk unpack(PackedChunk chunk, SeriesSet set) {
    try {
      return ChunkCodec.unpack(chunk, set);
    } catch (Malformed e) {
      throw new AssertionError(e);
    }
  }
}
