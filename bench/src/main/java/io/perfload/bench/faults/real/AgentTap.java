// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.faults.real;

import io.netty.buffer.ByteBuf;
import io.perfload.bench.faults.proxy.Tap;
import io.perfload.common.bytes.Malformed;
import io.perfload.common.chunk.Chunk;
import io.perfload.common.chunk.ChunkCodec;
import io.perfload.common.chunk.PackedChunk;
import io.perfload.common.model.LostSamples;
import io.perfload.common.model.SeriesSet;
import io.perfload.common.model.SetHash;
import io.perfload.common.wire.AgentMessage;
import io.perfload.common.wire.AgentMessageDecoder;
import io.perfload.common.wire.FrameKind;
import io.perfload.common.wire.Preface;
import io.perfload.common.wire.WorkerMessage;
import io.perfload.common.wire.WorkerMessageCodec;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Listens to one connection of an agent: which chunks and gaps it sent and which of them a worker
 * acknowledged. An acknowledgement counts when the worker said it, whether or not it arrives.
 * Confined to the event loop of the connection.
 */
final class AgentTap implements Tap {
  private final Ledger ledger;
  private final Frames said = new Frames(Preface.BYTES);
  private final Frames answered = new Frames(0);
  private final Map<SetHash, SeriesSet> sets = new HashMap<>();
  private final ArrayDeque<Item> unsettled = new ArrayDeque<>();
  private long settled;
  private boolean broken;

  AgentTap(Ledger ledger) {
    this.ledger = ledger;
  }

  @Override
  public void fromClient(ByteBuf bytes) {
    attempt(() -> said.add(bytes, this::said));
  }

  @Override
  public void fromServer(ByteBuf bytes) {
    attempt(() -> answered.add(bytes, this::answered));
  }

  private void attempt(Step step) {
    if (broken) {
      return;
    }
    try {
      step.run();
    } catch (Malformed e) {
      broken = true;
      ledger.garbled(String.valueOf(e.getMessage()));
    }
  }

  private void said(FrameKind kind, ByteBuffer payload) throws Malformed {
    if (kind == FrameKind.SERIES || kind == FrameKind.CHUNK || kind == FrameKind.GAP) {
      AgentMessage message = AgentMessageDecoder.decode(kind, payload);
      if (message instanceof AgentMessage.Series series) {
        sets.put(series.set().hash(), series.set());
      } else if (message instanceof AgentMessage.Chunk chunk) {
        byte[] bytes = new byte[chunk.packed().remaining()];
        chunk.packed().get(bytes);
        PackedChunk packed = PackedChunk.of(bytes);
        unsettled.add(new Item(Optional.of(packed), Optional.empty()));
        ledger.sent(packed);
      } else if (message instanceof AgentMessage.Gap gap) {
        unsettled.add(new Item(Optional.empty(), Optional.of(gap.lost())));
      }
    }
  }

  private void answered(FrameKind kind, ByteBuffer payload) throws Malformed {
    if (kind == FrameKind.ACK
        && WorkerMessageCodec.decode(kind, payload) instanceof WorkerMessage.Ack ack) {
      Set<Long> refused = new HashSet<>();
      ack.refusals().forEach(refusal -> refused.add(refusal.chunk()));
      ack.refusals().forEach(refusal -> ledger.refused(refusal.reason()));
      while (settled < ack.chunks() && !unsettled.isEmpty()) {
        Item item = unsettled.remove();
        if (!refused.contains(settled)) {
          settle(item);
        }
        settled++;
      }
      if (settled < ack.chunks()) {
        ledger.garbled(ack.chunks() + " acknowledged, " + settled + " sent");
      }
    }
  }

  private void settle(Item item) throws Malformed {
    item.gap().ifPresent(ledger::acknowledged);
    if (item.chunk().isPresent()) {
      PackedChunk packed = item.chunk().get();
      SeriesSet set = sets.get(packed.set());
      if (set == null) {
        ledger.garbled("a chunk of a set that was not declared");
        return;
      }
      Chunk chunk = ChunkCodec.unpack(packed, set);
      ledger.acknowledged(chunk);
    }
  }

  /** What takes a place in the order of acknowledgements. */
  private record Item(Optional<PackedChunk> chunk, Optional<LostSamples> gap) {}

  @FunctionalInterface
  private interface Step {
    void run() throws Malformed;
  }
}
