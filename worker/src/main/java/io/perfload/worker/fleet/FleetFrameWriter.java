// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.fleet;

import io.perfload.common.bytes.ByteWriter;
import io.perfload.common.model.HostId;
import io.perfload.common.model.HostProfile;
import io.perfload.common.model.SeriesSet;
import io.perfload.common.model.SetHash;
import io.perfload.common.model.SpoolReport;
import io.perfload.common.wire.AgentMessage;
import io.perfload.common.wire.AgentMessageEncoder;
import io.perfload.common.wire.SampleDecoder;
import io.perfload.common.wire.SeriesSetCodec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Gathers what one event loop has to say of its hosts into frames of about {@value #FULL} bytes.
 * Confined to one thread.
 */
public final class FleetFrameWriter {
  static final int FULL = 64 << 10;

  private final ByteWriter out = new ByteWriter(4096);
  private final ByteWriter hosts = new ByteWriter(1024);
  private final ByteWriter values = new ByteWriter(1024);
  private final Map<SetHash, Integer> setIndexes = new HashMap<>();
  private final List<SeriesSet> sets = new ArrayList<>();
  private final List<byte[]> descriptions = new ArrayList<>();
  private final List<byte[]> news = new ArrayList<>();
  private Place sender;
  private long sentAtMs;
  private int described;
  private int setBytes;
  private int headBytes;

  public FleetFrameWriter(Place sender) {
    this.sender = sender;
  }

  /** Begins a second. */
  public void begin(Place sender, long sentAtMs) {
    this.sender = sender;
    this.sentAtMs = sentAtMs;
    FleetFrame.begin(FleetFrame.Kind.VALUES, sender, sentAtMs, out);
    headBytes = out.size();
  }

  /** Adds what is said of a host once. */
  public void describe(
      HostProfile profile,
      SeriesSet set,
      int revision,
      long claimedAtMs,
      long sinceMs,
      String address,
      Optional<SpoolReport> spool) {
    int index = setIndexes.computeIfAbsent(set.hash(), unknown -> addSet(set));
    id(profile.id(), hosts).varint(revision).varint(index).i64(claimedAtMs).i64(sinceMs);
    hosts.text(address);
    spool(spool);
    new AgentMessageEncoder(hosts).write(new AgentMessage.Host(0, profile));
    described++;
    if (hosts.size() + setBytes > FULL) {
      endDescriptions();
    }
  }

  /** Adds a host's newest sample, which {@code decoder} has; it may have none yet. */
  public void values(
      HostId host,
      int revision,
      long lastSampleAtMs,
      int rttMs,
      long clockOffsetMs,
      int columns,
      SampleDecoder decoder) {
    id(host, out).varint(revision);
    boolean sampled = lastSampleAtMs > 0;
    out.zigzag(sampled ? sentAtMs - lastSampleAtMs : 0).zigzag(rttMs).zigzag(clockOffsetMs);
    out.zigzag(sampled ? decoder.takenAtMs() - sentAtMs : 0);
    out.varint(sampled ? decoder.sequence() + 1 : 0);
    values.clear();
    for (int column = 0; sampled && column < columns; column++) {
      PackedValues.write(decoder.value(column), values);
    }
    out.varint(values.size()).bytes(values.view());
    if (out.size() > FULL) {
      endValues();
    }
  }

  /** Ends the second: descriptions, in their order; they go before {@link #news}. */
  public List<byte[]> descriptions() {
    if (described > 0) {
      endDescriptions();
    }
    List<byte[]> frames = List.copyOf(descriptions);
    descriptions.clear();
    return frames;
  }

  /** Ends the second: newest values; one frame at least, to say that we live. */
  public List<byte[]> news() {
    if (out.size() > headBytes || news.isEmpty()) {
      endValues();
    }
    List<byte[]> frames = List.copyOf(news);
    news.clear();
    return frames;
  }

  /** One frame that says that a host has left. */
  public static byte[] gone(Place sender, long sentAtMs, HostId host) {
    var out = new ByteWriter(128);
    FleetFrame.begin(FleetFrame.Kind.GONE, sender, sentAtMs, out);
    return id(host, out).toByteArray();
  }

  private void spool(Optional<SpoolReport> spool) {
    if (spool.isEmpty()) {
      hosts.varint(0);
      return;
    }
    SpoolReport report = spool.orElseThrow();
    hosts.varint(report.state().code() + 1).varint(report.pendingChunks()).varint(report.bytes());
  }

  private int addSet(SeriesSet set) {
    sets.add(set);
    setBytes += set.size() * 16;
    return sets.size() - 1;
  }

  private void endDescriptions() {
    var frame = new ByteWriter(FULL / 4);
    FleetFrame.begin(FleetFrame.Kind.DESCRIBE, sender, sentAtMs, frame);
    frame.varint(sets.size());
    sets.forEach(set -> SeriesSetCodec.write(set, frame));
    frame.varint(described).bytes(hosts.view());
    descriptions.add(frame.toByteArray());
    hosts.clear();
    sets.clear();
    setIndexes.clear();
    setBytes = 0;
    described = 0;
  }

  private void endValues() {
    news.add(out.toByteArray());
    FleetFrame.begin(FleetFrame.Kind.VALUES, sender, sentAtMs, out);
  }

  private static ByteWriter id(HostId id, ByteWriter out) {
    return out.i64(id.high()).i64(id.low());
  }
}
