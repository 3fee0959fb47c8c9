// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.micro;

import io.perfload.bench.fleet.SimulatedMachine;
import io.perfload.common.bytes.ByteWriter;
import io.perfload.common.bytes.Malformed;
import io.perfload.common.model.Sample;
import io.perfload.common.wire.SampleDecoder;
import io.perfload.common.wire.SampleEncoder;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A sample of 40 series to and from the delta that is on the wire, second after second. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SampleCodecBenchmark {
  private static final long FIRST_SECOND = 1_800_000_000L;
  private static final int SECONDS = 600;
  private static final int COLUMNS = SimulatedMachine.SERIES.size();

  private final Sample[] samples = new Sample[SECONDS];
  private final ByteBuffer[] deltas = new ByteBuffer[SECONDS];
  private final ByteWriter out = new ByteWriter(1024);
  private SampleEncoder encoder = new SampleEncoder(COLUMNS);
  private SampleDecoder decoder = new SampleDecoder(COLUMNS);
  private int encoded;
  private int decoded;

  /** Reads ten minutes of a machine. */
  public SampleCodecBenchmark() {
    var machine = new SimulatedMachine(1);
    var before = new SampleEncoder(COLUMNS);
    for (int i = 0; i < SECONDS; i++) {
      long second = FIRST_SECOND + i;
      samples[i] = new Sample(second * 1000, i, machine.read(second));
      before.encode(samples[i], out.clear());
      deltas[i] = ByteBuffer.wrap(out.toByteArray());
    }
  }

  /** The agent's side. */
  @Benchmark
  public int encode() {
    if (encoded == SECONDS) {
      encoded = 0;
      encoder = new SampleEncoder(COLUMNS);
    }
    encoder.encode(samples[encoded++], out.clear());
    return out.size();
  }

  /** The worker's side. */
  @Benchmark
  public long decode() throws Malformed {
    if (decoded == SECONDS) {
      decoded = 0;
      decoder = new SampleDecoder(COLUMNS);
    }
    decoder.decode(deltas[decoded++].rewind());
    return decoder.value(0);
  }
}
