// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.spool;

import static org.assertj.core.api.Assertions.assertThat;

import io.perfload.common.bytes.Malformed;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The process or the machine ends at every single operation on the disk, one after the other. */
class SpoolCrashTest {
  private static final int STEPS = 220;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void endOfTheProcessLosesNothingThatWasKept(long seed) throws Exception {
    long operations = operations(SpoolLife.roomy(), false, seed);
    for (long at = 1; at <= operations; at++) {
      var directory = new CrashingDirectory().crashAt(at);
      var life = new SpoolLife(directory, SpoolLife.roomy(), false, seed);
      liveUntilTheCrash(life);

      Spool left = life.recover(directory.afterProcess());

      assertThat(life.missing(life.added(), left)).as("crash at " + at).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {5, 6})
  void endOfTheProcessWithASpoolThatOverflowsLosesNothingWithoutAGap(long seed) throws Exception {
    long operations = operations(SpoolLife.tight(), false, seed);
    for (long at = 1; at <= operations; at++) {
      var directory = new CrashingDirectory().crashAt(at);
      var life = new SpoolLife(directory, SpoolLife.tight(), false, seed);
      liveUntilTheCrash(life);

      Spool left = life.recover(directory.afterProcess());

      assertThat(life.missing(life.added(), left)).as("crash at " + at).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {7, 8, 9})
  void endOfTheMachineLosesNothingThatWasSynced(long seed) throws Exception {
    for (boolean forceEach : new boolean[] {false, true}) {
      long operations = operations(SpoolLife.roomy(), forceEach, seed);
      for (long at = 1; at <= operations; at++) {
        var directory = new CrashingDirectory().crashAt(at);
        var life = new SpoolLife(directory, SpoolLife.roomy(), forceEach, seed);
        liveUntilTheCrash(life);

        Spool left = life.recover(directory.afterMachine(new SplittableRandom(at)));

        assertThat(life.missing(life.synced(), left))
            .as("crash at " + at + ", each sample synced: " + forceEach)
            .isEmpty();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {10, 11})
  void endOfTheMachineWithASpoolThatOverflowsLosesNothingWithoutAGap(long seed) throws Exception {
    long operations = operations(SpoolLife.tight(), false, seed);
    for (long at = 1; at <= operations; at++) {
      var directory = new CrashingDirectory().crashAt(at);
      var life = new SpoolLife(directory, SpoolLife.tight(), false, seed);
      liveUntilTheCrash(life);

      Spool left = life.recover(directory.afterMachine(new SplittableRandom(at)));

      assertThat(life.missing(life.synced(), left)).as("crash at " + at).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {12, 13})
  void secondRecoveryFindsWhatTheFirstFound(long seed) throws Exception {
    long operations = operations(SpoolLife.tight(), true, seed);
    for (long at = 1; at <= operations; at++) {
      var directory = new CrashingDirectory().crashAt(at);
      var life = new SpoolLife(directory, SpoolLife.tight(), true, seed);
      liveUntilTheCrash(life);

      CrashingDirectory found = directory.afterMachine(new SplittableRandom(at));
      var first = SpoolLife.contents(life.recover(found));
      var second = SpoolLife.contents(life.recover(found.afterProcess()));

      assertThat(second).as("crash at " + at).isEqualTo(first);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {14, 15})
  void crashDuringRecoveryLosesNothingEither(long seed) throws Exception {
    long operations = operations(SpoolLife.roomy(), true, seed);
    for (long at = 1; at <= operations; at += 3) {
      var directory = new CrashingDirectory().crashAt(at);
      var life = new SpoolLife(directory, SpoolLife.roomy(), true, seed);
      liveUntilTheCrash(life);
      var chance = new SplittableRandom(at);
      CrashingDirectory left = directory.afterMachine(chance);

      for (int again = 1; again <= 8; again++) {
        left.crashAt(again);
        try {
          life.recover(left);
        } catch (CrashingDirectory.Crash e) {
          // once more, further on
        }
        left = left.afterMachine(chance);
      }

      assertThat(life.missing(life.synced(), life.recover(left))).as("crash at " + at).isEmpty();
    }
  }

  private static long operations(SpoolLimits limits, boolean forceEach, long seed)
      throws Malformed {
    var directory = new CrashingDirectory();
    var life = new SpoolLife(directory, limits, forceEach, seed);
    life.live(STEPS);
    assertThat(life.missing(life.added(), life.spool())).as("without a crash").isEmpty();
    return directory.operations();
  }

  private static void liveUntilTheCrash(SpoolLife life) throws Malformed {
    try {
      life.live(STEPS);
    } catch (CrashingDirectory.Crash e) {
      // as was to be expected
    }
  }
}
