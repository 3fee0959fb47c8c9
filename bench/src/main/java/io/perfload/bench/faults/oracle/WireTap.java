// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.faults.oracle;

import io.perfload.common.bytes.Malformed;
import io.perfload.common.chunk.Chunk;
import io.perfload.common.chunk.ChunkCodec;
import io.perfload.common.chunk.PackedChunk;
import io.perfload.common.model.SeriesSet;
import io.perfload.common.model.SetHash;
import io.perfload.common.wire.AgentMessage;
import io.perfload.common.wire.AgentMessageDecoder;
import io.perfload.common.wire.FrameKind;
import io.perfload.common.wire.Preface;
import io.perfload.common.wire.WorkerMessage;
import io.perfload.common.wire.WorkerMessageCodec;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Listens to one connection at the agent's end: which chunks it sent, and of which it heard that
 * they are stored. One thread.
 */
public final class WireTap {
  private final Map<SetHash, SeriesSet> sets = new HashMap<>();
  private final List<Optional<PackedChunk>> inFlight = new ArrayList<>();
  private final Cutter out = new Cutter(Preface.BYTES, this::sentFrame);
  private final Cutter in = new Cutter(0, this::receivedFrame);
  private final Listener listener;
  private long acknowledged;

  /** Is told what was said. */
  public interface Listener {
    /** A chunk left the agent. */
    void sent(PackedChunk chunk);

    /** The agent heard that a chunk is stored. */
    void stored(Chunk chunk);

    /** The agent heard that a chunk will never be stored. */
    void refused(PackedChunk chunk, String reason);

    /** An account of a gap left the agent. */
    void gap();
  }

  public WireTap(Listener listener) {
    this.listener = listener;
  }

  /** The agent wrote {@code bytes}; they are not changed. */
  public void sent(ByteBuffer bytes) {
    out.take(bytes);
  }

  /** The agent read {@code bytes}; they are not changed. */
  public void received(ByteBuffer bytes) {
    in.take(bytes);
  }

  private void sentFrame(FrameKind kind, ByteBuffer payload) throws Malformed {
    switch (kind) {
      case SERIES -> {
        var message = (AgentMessage.Series) AgentMessageDecoder.decode(kind, payload);
        sets.put(message.set().hash(), message.set());
      }
      case CHUNK -> {
        byte[] bytes = new byte[payload.remaining()];
        payload.get(bytes);
        PackedChunk chunk = PackedChunk.of(bytes);
        inFlight.add(Optional.of(chunk));
        listener.sent(chunk);
      }
      case GAP -> {
        inFlight.add(Optional.empty());
        listener.gap();
      }
      default -> {}
    }
  }

  private void receivedFrame(FrameKind kind, ByteBuffer payload) throws Malformed {
    if (kind != FrameKind.ACK) {
      return;
    }
    var ack = (WorkerMessage.Ack) WorkerMessageCodec.decode(kind, payload);
    Map<Long, String> refused = new HashMap<>();
    ack.refusals().forEach(refusal -> refused.put(refusal.chunk(), refusal.reason()));
    while (acknowledged < Math.min(ack.chunks(), inFlight.size())) {
      Optional<PackedChunk> chunk = inFlight.get((int) acknowledged);
      Optional<String> reason = Optional.ofNullable(refused.get(acknowledged));
      acknowledged++;
      if (chunk.isPresent()) {
        settle(chunk.get(), reason);
      }
    }
  }

  private void settle(PackedChunk chunk, Optional<String> refusal) throws Malformed {
    SeriesSet set = sets.get(chunk.set());
    if (refusal.isPresent()) {
      listener.refused(chunk, refusal.get());
    } else if (set != null) {
      listener.stored(ChunkCodec.unpack(chunk, set));
    }
  }

  private interface Frames {
    void frame(FrameKind kind, ByteBuffer payload) throws Malformed;
  }

  /** Cuts a stream into frames; keeps only those that matter here. */
  private static final class Cutter {
    private final Frames frames;
    private int skip;
    private ByteBuffer header = ByteBuffer.allocate(FrameKind.HEADER_BYTES);
    private ByteBuffer payload = ByteBuffer.allocate(0);
    private FrameKind kind = FrameKind.PING;
    private boolean inPayload;

    Cutter(int skip, Frames frames) {
      this.skip = skip;
      this.frames = frames;
    }

    void take(ByteBuffer bytes) {
      ByteBuffer view = bytes.duplicate();
      try {
        while (view.hasRemaining()) {
          takeSome(view);
        }
      } catch (Malformed e) {
        throw new IllegalStateException("an agent and a worker that cannot read each other", e);
      }
    }

    private void takeSome(ByteBuffer view) throws Malformed {
      if (skip > 0) {
        int skipped = Math.min(skip, view.remaining());
        view.position(view.position() + skipped);
        skip -= skipped;
        return;
      }
      ByteBuffer target = inPayload ? payload : header;
      int count = Math.min(target.remaining(), view.remaining());
      target.put(view.slice(view.position(), count));
      view.position(view.position() + count);
      if (!inPayload && !header.hasRemaining()) {
        begin();
      }
      if (inPayload && !payload.hasRemaining()) {
        inPayload = false;
        header.clear();
        frames.frame(kind, payload.flip());
      }
    }

    private void begin() throws Malformed {
      int length = header.getInt(0);
      kind = FrameKind.of(length, header.get(4) & 0xff);
      payload = ByteBuffer.allocate(length - 1);
      inPayload = true;
    }
  }
}
