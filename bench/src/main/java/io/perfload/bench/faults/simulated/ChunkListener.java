// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.faults.simulated;

import io.perfload.bench.faults.oracle.WireTap;
import io.perfload.common.chunk.Chunk;
import io.perfload.common.chunk.ChunkId;
import io.perfload.common.chunk.PackedChunk;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Hears what an agent sends and what it is told, on all its connections. One thread. */
final class ChunkListener implements WireTap.Listener {
  private final World world;
  private final String who;
  private final Map<ChunkId, Integer> sent = new HashMap<>();

  ChunkListener(World world, String who) {
    this.world = world;
    this.who = who;
  }

  @Override
  public void sent(PackedChunk chunk) {
    world.event(who, "sent a chunk", chunk.id().startMs());
    world.sightings.chunksSent++;
    Integer before = sent.put(chunk.id(), Arrays.hashCode(chunk.bytes()));
    if (before != null && before == Arrays.hashCode(chunk.bytes())) {
      world.sightings.duplicatesSent++;
    }
  }

  @Override
  public void stored(Chunk chunk) {
    world.event(who, "heard it is stored", chunk.id().startMs());
    world.oracle.acknowledged(chunk);
  }

  @Override
  public void refused(PackedChunk chunk, String reason) {
    world.event(who, "heard it is refused: " + reason, chunk.id().startMs());
  }

  @Override
  public void gap() {
    world.sightings.gapsSent++;
  }
}
