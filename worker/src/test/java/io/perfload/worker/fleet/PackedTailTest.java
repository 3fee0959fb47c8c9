// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.perfload.common.bytes.ByteWriter;
import io.perfload.common.bytes.Malformed;
import io.perfload.common.model.Sample;
import io.perfload.common.model.SeriesSet;
import io.perfload.common.wire.SampleDecoder;
import io.perfload.common.wire.SampleEncoder;
import io.perfload.worker.testing.Machines;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class PackedTailTest {
  private static final long START = 1_700_000_000_000L;

  private final PackedTail tail = new PackedTail();
  private final SampleEncoder encoder = new SampleEncoder(Machines.FORTY.size());
  private final SampleDecoder decoder = new SampleDecoder(Machines.FORTY.size());

  @Test
  void hasNothingAtFirst() throws Malformed {
    assertThat(PackedTail.unpack(tail.runs())).isEmpty();
  }

  @Test
  void hasAtLeastTheNewestTwoMinutes() throws Malformed {
    List<Sample> sent = send(600);

    List<Sample> kept = samples();

    assertThat(kept).hasSizeBetween(121, 140);
    assertThat(kept).isEqualTo(sent.subList(600 - kept.size(), 600));
  }

  @Test
  void fortySeriesForTwoMinutesStayUnderFourteenKilobytes() throws Malformed {
    send(600);

    assertThat(tail.bytes()).isLessThan(14_000);
  }

  @Property(tries = 50)
  void whatIsAbsentForAWhileComesBackRight(@ForAll Random random) throws Malformed {
    var fresh = new PackedTailTest();
    List<Sample> sent = new ArrayList<>();
    for (int i = 0; i < 90; i++) {
      Sample sample = Machines.sample(Machines.FORTY, START + i * 1000L, i);
      for (int column = 0; column < 40; column++) {
        if (random.nextInt(4) == 0) {
          sample.scaled()[column] = Sample.ABSENT;
        }
      }
      fresh.add(sample);
      sent.add(sample);
    }

    assertThat(fresh.samples()).isEqualTo(sent);
  }

  @Test
  void anotherSetBeginsAnotherPart() throws Malformed {
    send(3);
    SeriesSet smaller = SeriesSet.of(Machines.FORTY.series().subList(0, 5));
    var encoderOfSmaller = new SampleEncoder(5);
    var decoderOfSmaller = new SampleDecoder(5);
    Sample sample = Machines.sample(smaller, START + 3_000, 3);
    var delta = new ByteWriter();
    encoderOfSmaller.encode(sample, delta);

    tail.prepare(smaller, Machines.AGENT_START_MS, decoderOfSmaller);
    decoderOfSmaller.decode(delta.view());
    tail.add(delta.view(), sample.takenAtMs());

    List<TailPart> parts = PackedTail.unpack(tail.runs());
    assertThat(parts).extracting(TailPart::set).containsExactly(Machines.FORTY, smaller);
    assertThat(parts.get(1).samples()).containsExactly(sample);
  }

  @Test
  void aClockThatStandsStillDoesNotFillTheMemory() throws Malformed {
    for (int i = 0; i < 10_000; i++) {
      add(Machines.sample(Machines.FORTY, START, i));
    }

    assertThat(tail.bytes()).isLessThanOrEqualTo(PackedTail.MAX_BYTES + PackedTail.MAX_BYTES / 4);
  }

  private List<Sample> send(int seconds) throws Malformed {
    List<Sample> sent = new ArrayList<>();
    for (int i = 0; i < seconds; i++) {
      Sample sample = Machines.sample(Machines.FORTY, START + i * 1000L, i);
      add(sample);
      sent.add(sample);
    }
    return sent;
  }

  private void add(Sample sample) throws Malformed {
    var delta = new ByteWriter();
    encoder.encode(sample, delta);
    tail.prepare(Machines.FORTY, Machines.AGENT_START_MS, decoder);
    decoder.decode(delta.view());
    tail.add(ByteBuffer.wrap(delta.toByteArray()), sample.takenAtMs());
  }

  private List<Sample> samples() throws Malformed {
    return PackedTail.unpack(tail.runs()).stream()
        .flatMap(part -> part.samples().stream())
        .toList();
  }
}
