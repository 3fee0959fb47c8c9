// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.testing;

import io.perfload.common.chunk.ChunkBuilder;
import io.perfload.common.chunk.ChunkCodec;
import io.perfload.common.chunk.ChunkId;
import io.perfload.common.chunk.PackedChunk;
import io.perfload.common.chunk.Tier;
import io.perfload.common.model.Catalogue;
import io.perfload.common.model.HostFacts;
import io.perfload.common.model.HostId;
import io.perfload.common.model.HostProfile;
import io.perfload.common.model.Sample;
import io.perfload.common.model.Series;
import io.perfload.common.model.SeriesSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;

/** Machines that never were, and what they read. */
public final class Machines {
  /** When the run of every agent began. */
  public static final long AGENT_START_MS = 1_700_000_000_000L;

  /** Forty series, as a small server has. */
  public static final SeriesSet FORTY = forty();

  private Machines() {}

  public static HostProfile profile(HostId id, String name) {
    var facts =
        new HostFacts(
            new HostFacts.Os("Linux", "Debian GNU/Linux", "12 (bookworm)", "amd64"),
            new HostFacts.Cpu("AMD EPYC 7763 64-Core Processor", 2, 4, 2_450_000_000L),
            8L << 30,
            1_699_000_000_000L,
            "0.1.0");
    var labels = new TreeMap<String, String>();
    labels.put("role", "web");
    return new HostProfile(id, name, labels, facts);
  }

  /** A reading that differs from second to second as on a lightly used machine. */
  public static Sample sample(SeriesSet set, long takenAtMs, long sequence) {
    var random = new Random(sequence * 31 + 7);
    long[] values = new long[set.size()];
    for (int i = 0; i < values.length; i++) {
      Series series = set.series().get(i);
      values[i] =
          switch (series.measure().unit()) {
            case RATIO -> random.nextInt(2000);
            case BYTES -> (8L << 30) - (random.nextInt(3) == 0 ? 0 : random.nextInt(64) * 4096L);
            case BYTES_PER_SECOND -> random.nextInt(3) == 0 ? 0 : random.nextInt(200_000);
            case SECONDS -> sequence;
            default -> 100 + random.nextInt(40);
          };
      if (series.measure().name().endsWith("total")) {
        values[i] = 8L << 30;
      }
    }
    return new Sample(takenAtMs, sequence, values);
  }

  /** A sealed chunk with a reading in the first place. */
  public static PackedChunk chunk(HostId host, SeriesSet set, long startMs) {
    var builder = new ChunkBuilder(new ChunkId(host, Tier.SECOND, startMs));
    builder.add(set, AGENT_START_MS, sample(set, startMs, 0));
    return ChunkCodec.pack(builder.build());
  }

  private static SeriesSet forty() {
    List<Series> series = new ArrayList<>();
    Catalogue.entries().forEach(entry -> series.add(Series.of(entry.measure())));
    for (int core = 0; core < 4; core++) {
      series.add(new Series(Catalogue.CPU_UTILIZATION, String.valueOf(core)));
    }
    for (String mount : List.of("/", "/home")) {
      series.add(new Series(Catalogue.DISK_TOTAL, mount));
      series.add(new Series(Catalogue.DISK_USED, mount));
    }
    for (String device : List.of("sda", "sdb", "nvme0n1")) {
      series.add(new Series(Catalogue.DISK_READ, device));
      series.add(new Series(Catalogue.DISK_WRITE, device));
    }
    for (String device : List.of("eth0", "eth1")) {
      series.add(new Series(Catalogue.NETWORK_RECEIVE, device));
    }
    series.add(new Series(Catalogue.NETWORK_TRANSMIT, "eth0"));
    return SeriesSet.of(series);
  }
}
