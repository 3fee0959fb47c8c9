// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.common.wire;

import io.perfload.common.bytes.ByteWriter;
import io.perfload.common.model.HostFacts;
import io.perfload.common.model.HostProfile;
import io.perfload.common.model.LostSamples;
import io.perfload.common.model.SpoolReport;

/** Writes agents' messages as frames; layouts in docs/protocol.md. Stateless but for its target. */
public final class AgentMessageEncoder implements AgentMessage.Cases<ByteWriter> {
  private final ByteWriter out;

  /** Appends every frame to {@code out}. */
  public AgentMessageEncoder(ByteWriter out) {
    this.out = out;
  }

  /** Appends {@code message} as one whole frame. */
  public void write(AgentMessage message) {
    message.on(this);
  }

  @Override
  public ByteWriter hello(AgentMessage.Hello message) {
    int start = FrameStart.begin(out, FrameKind.HELLO);
    out.text(message.agentVersion())
        .i64(message.agentStartMs())
        .i64(message.clockMs())
        .text(message.token());
    return FrameStart.end(out, start);
  }

  @Override
  public ByteWriter host(AgentMessage.Host message) {
    int start = FrameStart.begin(out, FrameKind.HOST);
    HostProfile profile = message.profile();
    out.varint(message.host()).i64(profile.id().high()).i64(profile.id().low());
    out.text(profile.name()).varint(profile.labels().size());
    profile.labels().forEach((key, value) -> out.text(key).text(value));
    facts(profile.facts());
    return FrameStart.end(out, start);
  }

  @Override
  public ByteWriter series(AgentMessage.Series message) {
    int start = FrameStart.begin(out, FrameKind.SERIES);
    out.varint(message.host()).u8(message.current() ? 1 : 0);
    SeriesSetCodec.write(message.set(), out);
    return FrameStart.end(out, start);
  }

  @Override
  public ByteWriter sample(AgentMessage.Sample message) {
    int start = FrameStart.begin(out, FrameKind.SAMPLE);
    out.varint(message.host()).bytes(message.delta());
    return FrameStart.end(out, start);
  }

  @Override
  public ByteWriter chunk(AgentMessage.Chunk message) {
    int start = FrameStart.begin(out, FrameKind.CHUNK);
    out.bytes(message.packed());
    return FrameStart.end(out, start);
  }

  @Override
  public ByteWriter gap(AgentMessage.Gap message) {
    int start = FrameStart.begin(out, FrameKind.GAP);
    LostSamples lost = message.lost();
    out.varint(message.host()).i64(lost.id()).i64(lost.fromMs()).i64(lost.toMs());
    out.varint(lost.samples()).u8(lost.reason().code());
    return FrameStart.end(out, start);
  }

  @Override
  public ByteWriter spool(AgentMessage.Spool message) {
    int start = FrameStart.begin(out, FrameKind.SPOOL);
    SpoolReport report = message.report();
    out.varint(message.host()).u8(report.state().code());
    out.varint(report.pendingChunks()).varint(report.bytes());
    return FrameStart.end(out, start);
  }

  @Override
  public ByteWriter ping(AgentMessage.Ping message) {
    int start = FrameStart.begin(out, FrameKind.PING);
    out.i64(message.nonce());
    return FrameStart.end(out, start);
  }

  @Override
  public ByteWriter pong(AgentMessage.Pong message) {
    int start = FrameStart.begin(out, FrameKind.PONG);
    out.i64(message.nonce()).i64(message.clockMs());
    return FrameStart.end(out, start);
  }

  @Override
  public ByteWriter goodbye(AgentMessage.Goodbye message) {
    int start = FrameStart.begin(out, FrameKind.GOODBYE);
    out.text(message.reason());
    return FrameStart.end(out, start);
  }

  private void facts(HostFacts facts) {
    HostFacts.Os os = facts.os();
    out.text(os.type()).text(os.name()).text(os.version()).text(os.arch());
    HostFacts.Cpu cpu = facts.cpu();
    out.text(cpu.model())
        .varint(cpu.physicalCores())
        .varint(cpu.logicalCores())
        .varint(cpu.clockHz());
    out.varint(facts.memoryTotal()).varint(facts.bootedAtMs()).text(facts.agentVersion());
  }
}
