// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.faults.real;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.perfload.common.bytes.ByteWriter;
import io.perfload.common.chunk.ChunkBuilder;
import io.perfload.common.chunk.ChunkCodec;
import io.perfload.common.chunk.ChunkId;
import io.perfload.common.chunk.Tier;
import io.perfload.common.model.Catalogue;
import io.perfload.common.model.HostId;
import io.perfload.common.model.LostSamples;
import io.perfload.common.model.Sample;
import io.perfload.common.model.Series;
import io.perfload.common.model.SeriesSet;
import io.perfload.common.wire.AgentMessage;
import io.perfload.common.wire.AgentMessageEncoder;
import io.perfload.common.wire.Preface;
import io.perfload.common.wire.WorkerMessage;
import io.perfload.common.wire.WorkerMessageCodec;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AgentTapTest {
  private static final HostId HOST = HostId.of(5, 6);
  private static final SeriesSet SET = SeriesSet.of(List.of(Series.of(Catalogue.CPU_UTILIZATION)));

  private final Oracle oracle = new Oracle();
  private final Ledger ledger = new Ledger(HOST, oracle);
  private final AgentTap tap = new AgentTap(ledger);
  private final ByteWriter said = new ByteWriter();
  private final AgentMessageEncoder agent = new AgentMessageEncoder(said.bytes(Preface.bytes()));

  @Test
  void whatIsAcknowledgedIsSettledHoweverTheBytesCome() {
    oracle.made(reading());
    agent.write(new AgentMessage.Series(0, true, SET));
    agent.write(chunk());

    byByte(said);
    assertThat(oracle.unsettled()).isEqualTo(1);
    acknowledge(1, List.of());

    assertThat(oracle.unsettled()).isZero();
    assertThat(ledger.complaints()).isEmpty();
  }

  @Test
  void whatIsRefusedIsNotSettledAndTold() {
    oracle.made(reading());
    agent.write(new AgentMessage.Series(0, true, SET));
    agent.write(chunk());

    byByte(said);
    acknowledge(1, List.of(new WorkerMessage.Refusal(0, "old: it is")));

    assertThat(oracle.unsettled()).isEqualTo(1);
    assertThat(ledger.complaints()).containsExactly("refused: old: it is");
  }

  @Test
  void aGapTakesItsPlaceInTheOrder() {
    oracle.made(reading());
    agent.write(
        new AgentMessage.Gap(0, new LostSamples(9, 0, 60_000, 1, LostSamples.Reason.DAMAGED)));

    byByte(said);
    acknowledge(1, List.of());

    assertThat(oracle.unsettled()).isZero();
  }

  @Test
  void anAcknowledgementOfWhatWasNotSentIsTold() {
    acknowledge(3, List.of());

    assertThat(ledger.complaints()).singleElement().asString().startsWith("garbled");
  }

  @Test
  void aChunkThatComesAgainIsCounted() {
    agent.write(new AgentMessage.Series(0, true, SET));
    agent.write(chunk());
    agent.write(chunk());

    byByte(said);

    assertThat(ledger.duplicates()).isEqualTo(1);
  }

  private void byByte(ByteWriter bytes) {
    for (byte one : bytes.toByteArray()) {
      tap.fromClient(Unpooled.wrappedBuffer(new byte[] {one}));
    }
  }

  private void acknowledge(long chunks, List<WorkerMessage.Refusal> refusals) {
    var out = new ByteWriter();
    WorkerMessageCodec.encode(new WorkerMessage.Ack(chunks, refusals, 4), out);
    tap.fromServer(Unpooled.wrappedBuffer(out.toByteArray()));
  }

  private static AgentMessage.Chunk chunk() {
    var builder = new ChunkBuilder(new ChunkId(HOST, Tier.SECOND, 0));
    builder.add(SET, 50, new Sample(2_000, 7, new long[] {1_234}));
    return new AgentMessage.Chunk(ByteBuffer.wrap(ChunkCodec.pack(builder.build()).bytes()));
  }

  private static Made reading() {
    return new Made(HOST, 50, 7, 2_000, Map.of("cpu.utilization", 1_234L));
  }
}
