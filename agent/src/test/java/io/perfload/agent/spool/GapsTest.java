// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.spool;

import static org.assertj.core.api.Assertions.assertThat;

import io.perfload.common.model.HostId;
import io.perfload.common.model.LostSamples;
import io.perfload.common.model.LostSamples.Reason;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class GapsTest {
  private final CrashingDirectory directory = new CrashingDirectory();
  private final Gaps gaps = open(directory, Readings.HOST);

  @Test
  void lossesThatAdjoinAreOneGap() {
    gaps.lost(0, 60_000, 60, Reason.SPOOL_FULL);
    gaps.lost(60_000, 120_000, 55, Reason.SPOOL_FULL);

    assertThat(gaps.all()).hasSize(1);
    assertGap(gaps.all().get(0), 0, 120_000, 115, Reason.SPOOL_FULL);
  }

  @Test
  void lossesOfDifferentReasonsOrApartAreDifferentGaps() {
    gaps.lost(0, 60_000, 60, Reason.SPOOL_FULL);
    gaps.lost(60_000, 120_000, 60, Reason.REFUSED);
    gaps.lost(180_000, 240_000, 60, Reason.SPOOL_FULL);

    assertThat(gaps.all()).hasSize(3);
    assertThat(gaps.all()).extracting(LostSamples::id).doesNotHaveDuplicates();
  }

  @Test
  void lossToldAgainAfterACrashIsCountedOnce() throws Exception {
    gaps.lost(0, 60_000, 60, Reason.SPOOL_FULL);
    gaps.save();
    Gaps again = open(directory.afterProcess(), Readings.HOST);
    again.recover();

    again.lost(0, 60_000, 60, Reason.SPOOL_FULL);

    assertThat(again.all()).isEqualTo(gaps.all());
  }

  @Test
  void gapThatGrewWhileItWasUnderWayStays() {
    gaps.lost(0, 60_000, 60, Reason.SPOOL_FULL);
    LostSamples sent = gaps.next(Set.of()).orElseThrow();
    gaps.lost(60_000, 120_000, 60, Reason.SPOOL_FULL);

    assertThat(gaps.next(Set.of(sent.id()))).isEmpty();
    gaps.acknowledge(sent);

    LostSamples grown = gaps.next(Set.of()).orElseThrow();
    assertThat(grown.id()).isEqualTo(sent.id());
    gaps.acknowledge(grown);
    assertThat(gaps.all()).isEmpty();
  }

  @Test
  void pastTheBoundTheTwoNearestBecomeOne() {
    for (int i = 0; i < Gaps.MAX; i++) {
      gaps.lost(i * 10_000L, i * 10_000L + 1_000, 1, Reason.DAMAGED);
    }
    gaps.lost(15_000, 16_000, 1, Reason.DISK_SLOW);

    assertThat(gaps.all()).hasSize(Gaps.MAX);
    assertThat(gaps.all()).anySatisfy(gap -> assertGap(gap, 10_000, 16_000, 2, Reason.DAMAGED));
  }

  @Test
  void refusedGapIsOnlyCounted() {
    gaps.lost(0, 60_000, 60, Reason.REFUSED);

    gaps.refuse(gaps.next(Set.of()).orElseThrow());

    assertThat(gaps.all()).isEmpty();
    assertThat(gaps.status().refused()).isEqualTo(1);
  }

  @Test
  void fileHasThemAllAfterTheMachineEnded() throws Exception {
    for (int i = 0; i < Gaps.MAX; i++) {
      gaps.lost(i * 10_000L, i * 10_000L + 1_000, 1L << 49, Reason.DAMAGED);
    }
    gaps.save();

    Gaps again = open(directory.afterMachine(new SplittableRandom(1)), Readings.HOST);
    again.recover();

    assertThat(again.all()).isEqualTo(gaps.all());
    assertThat(directory.size(Gaps.FILE)).isLessThan(GapsCodec.MAX_BYTES);
  }

  @Test
  void acknowledgedGapsLeaveNoFile() throws Exception {
    gaps.lost(0, 60_000, 60, Reason.REFUSED);
    gaps.save();
    gaps.acknowledge(gaps.next(Set.of()).orElseThrow());
    gaps.save();

    assertThat(directory.names()).isEmpty();
  }

  @Test
  void damagedFileIsSetAsideAndCounted() throws Exception {
    gaps.lost(0, 60_000, 60, Reason.REFUSED);
    gaps.save();
    byte[] bytes = directory.read(Gaps.FILE);
    for (int i = 0; i < bytes.length; i++) {
      CrashingDirectory damaged = directory.afterProcess();
      byte[] flipped = bytes.clone();
      flipped[i] ^= 8;
      damaged.overwrite(Gaps.FILE, flipped);
      Gaps again = open(damaged, Readings.HOST);

      again.recover();

      assertThat(again.all()).isEmpty();
      assertThat(again.status().damaged()).isEqualTo(1);
      assertThat(damaged.names()).isEqualTo(List.of("gaps.damaged"));
    }
  }

  @Test
  void fileOfAnotherHostTellsNothingOfThisOne() throws Exception {
    gaps.lost(0, 60_000, 60, Reason.REFUSED);
    gaps.save();

    Gaps other = open(directory.afterProcess(), HostId.of(9, 9));
    other.recover();

    assertThat(other.all()).isEmpty();
  }

  private static Gaps open(CrashingDirectory directory, HostId host) {
    var disk = new Disk(directory);
    try {
      disk.names();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return new Gaps(disk, host, new GapIds(host, directory.operations()));
  }

  private static void assertGap(LostSamples gap, long from, long to, long samples, Reason reason) {
    assertThat(gap).isEqualTo(new LostSamples(gap.id(), from, to, samples, reason));
  }
}
