// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.fleet;

import static java.util.Objects.requireNonNull;

import io.perfload.common.bytes.ByteReader;
import io.perfload.common.bytes.ByteWriter;
import io.perfload.common.bytes.Malformed;
import io.perfload.common.model.Sample;
import io.perfload.common.model.SeriesSet;
import io.perfload.common.wire.SampleDecoder;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The newest {@value #SPAN_MS} ms of one host, as the agent packed them: runs of samples, each with
 * what a decoder has to know before the first. Oldest runs go when their newest sample is too old,
 * or when there are more than {@value #MAX_RUNS} runs or {@value #MAX_BYTES} bytes. Confined to one
 * thread.
 *
 * <pre>
 *  run: +---------------------+  +--------+-------+  +--------+-------+
 *       | SampleDecoder.save  |  | length | delta |  | length | delta |  …
 *       | as of the sample    |  | varint |       |  | varint |       |
 *       | before the first    |  +--------+-------+  +--------+-------+
 *       +---------------------+
 * </pre>
 */
public final class PackedTail {
  /** What is kept at least, if it came. */
  public static final long SPAN_MS = 120_000;

  static final int MAX_RUNS = 24;
  static final int MAX_BYTES = 128 << 10;

  private static final long RUN_MS = 15_000;
  private static final int GROWTH = 256;

  private final Deque<Run> runs = new ArrayDeque<>(9);
  private int bytes;

  /**
   * Gets ready for a sample. Call it before the sample is decoded: a new run begins with what the
   * decoder knows by then.
   *
   * @param before knows the stream up to, and not with, the sample
   */
  public void prepare(SeriesSet set, long agentStartMs, SampleDecoder before) {
    Run run = runs.peekLast();
    if (run != null && run.takes(set, agentStartMs)) {
      return;
    }
    if (run != null) {
      run.seal();
    }
    Run next = new Run(set, agentStartMs, before);
    runs.addLast(next);
    bytes += next.size;
  }

  /**
   * Adds the sample that was prepared for.
   *
   * @param delta the sample's bytes; only read during the call
   */
  public void add(ByteBuffer delta, long takenAtMs) {
    bytes += runs.getLast().add(delta, takenAtMs);
    trim(takenAtMs);
  }

  /** Bytes packed. */
  public int bytes() {
    return bytes;
  }

  /** The runs as they are, oldest first; safe to read on any thread afterwards. */
  public List<PackedRun> runs() {
    List<PackedRun> copies = new ArrayList<>(runs.size());
    runs.forEach(run -> copies.add(run.copy()));
    return copies;
  }

  private void trim(long newestMs) {
    while (runs.size() > 1 && isTooMuch(runs.peekFirst(), newestMs)) {
      bytes -= runs.removeFirst().size;
    }
  }

  private boolean isTooMuch(Run oldest, long newestMs) {
    return oldest.lastMs < newestMs - SPAN_MS || runs.size() > MAX_RUNS || bytes > MAX_BYTES;
  }

  private static final class Run {
    final SeriesSet set;
    final long agentStartMs;
    long firstMs = -1;
    long lastMs = -1;
    byte[] packed;
    int size;

    Run(SeriesSet set, long agentStartMs, SampleDecoder before) {
      this.set = set;
      this.agentStartMs = agentStartMs;
      var start = new ByteWriter(set.size() * 4 + 32);
      before.save(start);
      packed = start.toByteArray();
      size = packed.length;
    }

    boolean takes(SeriesSet set, long agentStartMs) {
      return set.hash().equals(this.set.hash())
          && agentStartMs == this.agentStartMs
          && lastMs - firstMs < RUN_MS
          && size < MAX_BYTES / 4;
    }

    int add(ByteBuffer delta, long takenAtMs) {
      int length = delta.remaining();
      int before = size;
      if (packed.length - size < length + 5) {
        packed = Arrays.copyOf(packed, size + length + 5 + GROWTH);
      }
      int rest = length;
      while (rest > 0x7f) {
        packed[size++] = (byte) (rest | 0x80);
        rest >>>= 7;
      }
      packed[size++] = (byte) rest;
      delta.get(delta.position(), packed, size, length);
      size += length;
      firstMs = firstMs < 0 ? takenAtMs : firstMs;
      lastMs = Math.max(lastMs, takenAtMs);
      return size - before;
    }

    void seal() {
      packed = Arrays.copyOf(packed, size);
    }

    PackedRun copy() {
      return new PackedRun(set, agentStartMs, Arrays.copyOf(packed, size));
    }
  }

  /**
   * Samples of one run of an agent, packed.
   *
   * @param packed as drawn above; nobody changes it
   */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares runs
  public record PackedRun(SeriesSet set, long agentStartMs, byte[] packed) {
    public PackedRun {
      requireNonNull(set, "set");
      requireNonNull(packed, "packed");
    }

    /** Reads the samples. */
    public TailPart unpack() throws Malformed {
      var in = new ByteReader(ByteBuffer.wrap(packed));
      SampleDecoder decoder = SampleDecoder.restore(set.size(), in);
      List<Sample> samples = new ArrayList<>();
      while (in.remaining() > 0) {
        decoder.decode(in.slice(in.count(MAX_BYTES, 1, "bytes of a sample")));
        samples.add(decoder.sample());
      }
      return new TailPart(set, agentStartMs, samples);
    }
  }

  /** Reads all runs; the set of neighbours may be the same. */
  public static List<TailPart> unpack(List<PackedRun> runs) throws Malformed {
    List<TailPart> parts = new ArrayList<>(runs.size());
    @Nullable PackedRun last = null;
    for (PackedRun run : runs) {
      TailPart part = run.unpack();
      if (last != null && last.set.equals(run.set) && last.agentStartMs == run.agentStartMs) {
        TailPart before = parts.remove(parts.size() - 1);
        List<Sample> joined = new ArrayList<>(before.samples());
        joined.addAll(part.samples());
        part = new TailPart(part.set(), part.agentStartMs(), joined);
      }
      parts.add(part);
      last = run;
    }
    return parts;
  }
}
