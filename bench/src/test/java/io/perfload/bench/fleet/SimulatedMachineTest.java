// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.perfload.common.bytes.ByteWriter;
import io.perfload.common.chunk.ChunkBuilder;
import io.perfload.common.chunk.ChunkCodec;
import io.perfload.common.chunk.ChunkId;
import io.perfload.common.chunk.Tier;
import io.perfload.common.model.Catalogue;
import io.perfload.common.model.HostId;
import io.perfload.common.model.Sample;
import io.perfload.common.model.Series;
import io.perfload.common.wire.SampleEncoder;
import java.util.HashSet;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class SimulatedMachineTest {
  private static final long MINUTE_MS = 1_800_000_000_000L;

  @Test
  void aMachineHasFortySeries() {
    assertThat(SimulatedMachine.SERIES.size()).isEqualTo(40);
  }

  @Property(tries = 100)
  void everySeriesHasAValueAtAnyTimeAndTheSameEachTime(
      @ForAll @IntRange(max = 100_000) int number,
      @ForAll @LongRange(min = 1_700_000_000L, max = 2_000_000_000L) long second) {
    long[] values = new SimulatedMachine(number).read(second);

    assertThat(values).doesNotContain(Sample.ABSENT);
    assertThat(new SimulatedMachine(number).read(second)).isEqualTo(values);
  }

  @Property(tries = 100)
  void partsMakeTheWhole(
      @ForAll @IntRange(max = 1000) int number,
      @ForAll @LongRange(min = 1_700_000_000L, max = 2_000_000_000L) long second) {
    long[] values = new SimulatedMachine(number).read(second);

    assertThat(value(values, new Series(Catalogue.DISK_WRITE, "sda")))
        .isLessThanOrEqualTo(value(values, Series.of(Catalogue.DISK_WRITE)));
    assertThat(
            value(values, Series.of(Catalogue.MEMORY_USED))
                + value(values, Series.of(Catalogue.MEMORY_AVAILABLE)))
        .isEqualTo(value(values, Series.of(Catalogue.MEMORY_TOTAL)));
    assertThat(value(values, Series.of(Catalogue.CPU_UTILIZATION))).isBetween(0L, 10_000L);
  }

  @Test
  void machinesAreDifferentHostsWithVersionFourIds() {
    Set<HostId> ids = new HashSet<>();
    for (int number = 0; number < 20_000; number++) {
      HostId id = new SimulatedMachine(number).profile().id();
      assertThat(id.value().version()).isEqualTo(4);
      assertThat(id.value().variant()).isEqualTo(2);
      ids.add(id);
    }

    assertThat(ids).hasSize(20_000);
  }

  /** Else what is measured with them says nothing about real ones: 0.39 and 0.23 byte a value. */
  @Test
  void aMinuteIsAboutAsHardToPackAsOneOfARealMachine() {
    var machine = new SimulatedMachine(7);
    var encoder = new SampleEncoder(SimulatedMachine.SERIES.size());
    var wire = new ByteWriter();
    var builder = new ChunkBuilder(new ChunkId(machine.profile().id(), Tier.SECOND, MINUTE_MS));
    for (int place = 0; place < Tier.PLACES; place++) {
      long second = MINUTE_MS / 1000 + place;
      var sample = new Sample(second * 1000, place, machine.read(second));
      encoder.encode(sample, wire);
      builder.add(SimulatedMachine.SERIES, MINUTE_MS, sample);
    }

    int packed = ChunkCodec.pack(builder.build()).bytes().length;

    assertThat(packed / 2400.0).isBetween(0.2, 1.0);
    assertThat(wire.size() / 60.0).isBetween(40.0, 110.0);
  }

  private static long value(long[] values, Series series) {
    return values[SimulatedMachine.SERIES.indexOf(series)];
  }
}
