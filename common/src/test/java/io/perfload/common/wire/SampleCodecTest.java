// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.common.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.perfload.common.TestSamples;
import io.perfload.common.bytes.ByteWriter;
import io.perfload.common.bytes.Malformed;
import io.perfload.common.model.Sample;
import java.nio.ByteBuffer;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;

class SampleCodecTest {
  private static final int COLUMNS = 9;

  @Property
  void everyStreamOfSamplesComesBack(@ForAll("samples") List<Sample> samples) throws Malformed {
    var encoder = new SampleEncoder(COLUMNS);
    var decoder = new SampleDecoder(COLUMNS);

    for (Sample sample : samples) {
      var out = new ByteWriter();
      encoder.encode(sample, out);
      decoder.decode(out.view());

      assertThat(decoder.sample()).isEqualTo(sample);
    }
  }

  @Property
  void noBytesMakeTheDecoderThrowAnythingButMalformed(@ForAll byte[] bytes) {
    var decoder = new SampleDecoder(COLUMNS);

    try {
      decoder.decode(ByteBuffer.wrap(bytes));
    } catch (Malformed e) {
      assertThat(e).hasMessageNotContaining("null");
    }
  }

  @Test
  void aSecondInWhichNothingChangedCostsItsBitmapAndThreeBytes() {
    var encoder = new SampleEncoder(40);
    encoder.encode(new Sample(TestSamples.MINUTE, 0, new long[40]), new ByteWriter());

    var out = new ByteWriter();
    encoder.encode(new Sample(TestSamples.MINUTE + 1000, 1, new long[40]), out);

    assertThat(out.size()).isEqualTo(5 + 3);
  }

  @Test
  void aBitForAColumnThatIsNotThereIsRefused() {
    var out = new ByteWriter().zigzag(0).zigzag(0).u8(0).u8(0b10).varint(1);

    assertThatThrownBy(() -> new SampleDecoder(COLUMNS).decode(out.view()))
        .isInstanceOf(Malformed.class)
        .hasMessageContaining("column 9 of 9");
  }

  @Test
  void aValueThatIsNoExactDoubleIsRefused() {
    var out = new ByteWriter().zigzag(0).zigzag(0).u8(1).u8(0).varint(-1);

    assertThatThrownBy(() -> new SampleDecoder(COLUMNS).decode(out.view()))
        .isInstanceOf(Malformed.class);
  }

  @Provide
  Arbitrary<List<Sample>> samples() {
    Arbitrary<Long> value =
        Arbitraries.frequencyOf(
            Tuple.of(1, Arbitraries.just(Sample.ABSENT)),
            Tuple.of(3, Arbitraries.longs().between(-5, 5)),
            Tuple.of(1, Arbitraries.longs().between(-Sample.MAX_SCALED, Sample.MAX_SCALED)));
    Arbitrary<long[]> values = value.array(long[].class).ofSize(COLUMNS);
    Arbitrary<Long> time = Arbitraries.longs().between(0, 4_000_000_000_000L);
    Arbitrary<Long> sequence = Arbitraries.longs().between(0, Long.MAX_VALUE / 2);
    return Combinators.combine(time, sequence, values).as(Sample::new).list().ofMaxSize(20);
  }
}
