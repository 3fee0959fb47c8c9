// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.common.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.perfload.common.bytes.ByteReader;
import io.perfload.common.bytes.ByteWriter;
import io.perfload.common.bytes.Malformed;
import io.perfload.common.model.Sample;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class SampleDecoderSaveTest {
  @Property
  void aRestoredDecoderReadsOnAsIfNothingHadHappened(
      @ForAll @IntRange(max = 20) int before,
      @ForAll @IntRange(min = 1, max = 20) int after,
      @ForAll Random random)
      throws Malformed {
    var encoder = new SampleEncoder(11);
    var decoder = new SampleDecoder(11);
    for (int i = 0; i < before; i++) {
      decoder.decode(next(encoder, i, random).view());
    }
    var saved = new ByteWriter();
    decoder.save(saved);

    var in = new ByteReader(saved.view());
    SampleDecoder restored = SampleDecoder.restore(11, in);
    in.end();

    assertThat(restored.sample()).isEqualTo(decoder.sample());
    for (int i = before; i < before + after; i++) {
      ByteWriter delta = next(encoder, i, random);
      decoder.decode(delta.view());
      restored.decode(delta.view());
      assertThat(restored.sample()).isEqualTo(decoder.sample());
    }
  }

  private static ByteWriter next(SampleEncoder encoder, int sequence, Random random) {
    long[] values = new long[11];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextInt(3) == 0 ? Sample.ABSENT : random.nextLong() % Sample.MAX_SCALED;
    }
    var out = new ByteWriter();
    encoder.encode(new Sample(1_700_000_000_000L + sequence * 1000L, sequence, values), out);
    return out;
  }
}
