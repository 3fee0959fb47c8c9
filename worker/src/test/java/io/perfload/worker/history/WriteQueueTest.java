// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.perfload.common.chunk.PackedChunk;
import io.perfload.common.model.HostId;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WriteQueueTest {
  private final PackedChunk chunk = Minutes.packed(HostId.random(), Minutes.SMALL, 0, 60);
  private final int size = chunk.bytes().length;

  @Test
  void takesChunksInTheOrderTheyCame() throws Exception {
    var queue = new WriteQueue(10, 1 << 20);
    PackedChunk second = Minutes.packed(HostId.random(), Minutes.SMALL, 0, 60);
    offer(queue, chunk);
    offer(queue, second);

    assertThat(queue.take(10, 1 << 20))
        .extracting(pending -> ((PendingChunk) pending).chunk())
        .containsExactly(chunk, second);
  }

  @Test
  void isFullByCountUntilAChunkIsSettledNotTaken() throws Exception {
    var queue = new WriteQueue(2, 1 << 20);
    assertThat(offer(queue, chunk)).isTrue();
    assertThat(offer(queue, chunk)).isTrue();
    assertThat(offer(queue, chunk)).isFalse();

    List<Pending> taken = queue.take(1, 1 << 20);
    assertThat(offer(queue, chunk)).isFalse();
    queue.done(taken.get(0));

    assertThat(offer(queue, chunk)).isTrue();
    assertThat(queue.gauge().blocked()).isEqualTo(2);
    assertThat(queue.gauge().highWaterChunks()).isEqualTo(2);
  }

  @Test
  void isFullByBytes() {
    var queue = new WriteQueue(100, size * 2L);

    assertThat(offer(queue, chunk)).isTrue();
    assertThat(offer(queue, chunk)).isTrue();
    assertThat(offer(queue, chunk)).isFalse();
    assertThat(queue.gauge().highWaterBytes()).isEqualTo(size * 2L);
  }

  @Test
  void aChunkLargerThanTheWholeQueueGoesAlone() {
    var queue = new WriteQueue(100, 1);

    assertThat(offer(queue, chunk)).isTrue();
    assertThat(offer(queue, chunk)).isFalse();
  }

  @Test
  void aBatchIsBoundedByBytesToo() throws Exception {
    var queue = new WriteQueue(100, 1 << 20);
    for (int i = 0; i < 5; i++) {
      offer(queue, chunk);
    }

    assertThat(queue.take(100, size * 2L)).hasSize(2);
  }

  @Test
  void whoeverWantsRoomIsCalledAtOnceWhenThereIsSome() {
    var queue = new WriteQueue(1, 1 << 20);
    var called = new AtomicInteger();

    queue.whenRoom(called::incrementAndGet);

    assertThat(called).hasValue(1);
  }

  @Test
  void asManyAreCalledAsThereIsRoomFor() throws Exception {
    var queue = new WriteQueue(2, 1 << 20);
    offer(queue, chunk);
    offer(queue, chunk);
    var called = new AtomicInteger();
    for (int i = 0; i < 5; i++) {
      queue.whenRoom(called::incrementAndGet);
    }

    queue.wakeThoseWhoWantRoom();
    assertThat(called).hasValue(0);
    List<Pending> taken = queue.take(2, 1 << 20);
    queue.done(taken.get(0));
    queue.wakeThoseWhoWantRoom();

    assertThat(called).hasValue(1);
  }

  @Test
  void whoeverComesAfterSomebodyWhoWasCalledAndHadGoneIsCalledLater() throws Exception {
    var queue = new WriteQueue(1, 1 << 20);
    offer(queue, chunk);
    var called = new AtomicInteger();
    for (int i = 0; i < 3; i++) {
      queue.whenRoom(called::incrementAndGet);
    }
    queue.done(queue.take(1, 1 << 20).get(0));

    for (int idle = 0; idle < 3; idle++) {
      queue.take(1, 1 << 20);
    }

    assertThat(called).hasValue(3);
  }

  @Test
  void aClosedQueueTakesNothingAndGivesWhatItHas() throws Exception {
    var queue = new WriteQueue(10, 1 << 20);
    offer(queue, chunk);

    queue.close();

    assertThat(offer(queue, chunk)).isFalse();
    assertThat(queue.take(10, 1 << 20)).hasSize(1);
    assertThat(queue.take(10, 1 << 20)).isEmpty();
  }

  private static boolean offer(WriteQueue queue, PackedChunk chunk) {
    return queue.offer(chunk, Minutes.SMALL, Minutes.ARRIVAL, new Outcomes().of(chunk.id()));
  }
}
