// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.micro;

import io.perfload.bench.fleet.SimulatedMachine;
import io.perfload.common.bytes.Malformed;
import io.perfload.common.chunk.Chunk;
import io.perfload.common.chunk.ChunkBuilder;
import io.perfload.common.chunk.ChunkCodec;
import io.perfload.common.chunk.ChunkId;
import io.perfload.common.chunk.PackedChunk;
import io.perfload.common.chunk.Tier;
import io.perfload.common.model.Sample;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A minute of 40 series to and from its packed bytes: 2,400 values. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ChunkCodecBenchmark {
  private static final long MINUTE_MS = 1_800_000_000_000L;

  private final Chunk chunk;
  private final PackedChunk packed;
  private final byte[] bytes;

  /** Reads a minute of a machine. */
  public ChunkCodecBenchmark() {
    var machine = new SimulatedMachine(1);
    var builder = new ChunkBuilder(new ChunkId(machine.profile().id(), Tier.SECOND, MINUTE_MS));
    for (int place = 0; place < Tier.PLACES; place++) {
      long second = MINUTE_MS / 1000 + place;
      var sample = new Sample(second * 1000, place, machine.read(second));
      builder.add(SimulatedMachine.SERIES, MINUTE_MS, sample);
    }
    chunk = builder.build();
    packed = ChunkCodec.pack(chunk);
    bytes = packed.bytes();
  }

  /** The agent's side, once a minute. */
  @Benchmark
  public PackedChunk pack() {
    return ChunkCodec.pack(chunk);
  }

  /** The worker's side as a chunk comes in: whole, and its checksum right? */
  @Benchmark
  public PackedChunk check() throws Malformed {
    return PackedChunk.of(bytes);
  }

  /** Whoever draws it, and whoever compares two. */
  @Benchmark
  public Chunk unpack() throws Malformed {
    return ChunkCodec.unpack(packed, SimulatedMachine.SERIES);
  }
}
