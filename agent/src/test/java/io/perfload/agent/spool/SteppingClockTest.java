// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.spool;

import static org.assertj.core.api.Assertions.assertThat;

import io.perfload.agent.probe.Probes;
import io.perfload.agent.sample.HostClock;
import io.perfload.agent.sample.Reading;
import io.perfload.agent.sample.Sampler;
import io.perfload.common.bytes.Malformed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** The clock is set while the agent samples, runs end and begin anew, the process is killed. */
class SteppingClockTest {
  private static final long[] STEPS_MS = {
    3_600_000,
    -3_600_000,
    86_400_000,
    -86_400_000,
    61_000,
    -61_000,
    500,
    -500,
    4_000_000,
    -1_800_000
  };
  private static final int KILL = STEPS_MS.length;

  private CrashingDirectory directory = new CrashingDirectory();
  private final List<Reading> made = new ArrayList<>();
  private long wallMs = Readings.MINUTE + 30_000;
  private long nanos;

  @Property(tries = 150)
  void nothingIsLostAndNothingIsDoubled(
      @ForAll @Size(min = 1, max = 12) List<@IntRange(max = 10) Integer> events,
      @ForAll @IntRange(min = 1, max = 130) int between)
      throws Malformed {
    directory = new CrashingDirectory();
    made.clear();
    for (int event : events) {
      runFor(between);
      if (event < KILL) {
        wallMs += STEPS_MS[event];
      } else {
        directory = directory.afterProcess();
      }
    }
    runFor(3);

    Spool left = open(new HostClock(this::wall, () -> nanos));
    List<Reading> kept = new ArrayList<>(left.openReadings());
    kept.addAll(SpoolLife.chunksOf(left));

    assertThat(newest(kept)).isEqualTo(newest(made));
    assertThat(SpoolLife.gapsOf(left)).isEmpty();
  }

  /** As AgentMain does it: a run follows upon a run whose clock was set back too far. */
  private void runFor(int samples) {
    int end = made.size() + samples;
    while (made.size() < end) {
      var clock = new HostClock(this::wall, () -> nanos);
      Spool spool = open(clock);
      long startMs = spool.beginRun(clock.millis());
      var sampler =
          new Sampler(
              new Probes(List.of()), clock, () -> nanos, Duration.ofSeconds(1), new Passing());
      sampler.run(
          startMs,
          0,
          reading -> {
            spool.add(reading);
            made.add(reading);
            if (made.size() == end) {
              sampler.stop();
            } else if (made.size() % 40 == 0) {
              wallMs += STEPS_MS[made.size() / 40 % STEPS_MS.length];
            }
          });
      spool.close();
    }
  }

  /** A second's newest reading: the later run's, then the later one of a run. */
  private static Map<Long, String> newest(List<Reading> readings) {
    Map<Long, Reading> newest = new HashMap<>();
    for (Reading reading : readings) {
      newest.merge(
          reading.takenAtMs() / 1000,
          reading,
          (one, other) ->
              one.agentStartMs() > other.agentStartMs()
                      || (one.agentStartMs() == other.agentStartMs()
                          && one.sample().sequence() > other.sample().sequence())
                  ? one
                  : other);
    }
    Map<Long, String> texts = new HashMap<>();
    newest.forEach(
        (second, reading) ->
            texts.put(second, reading.agentStartMs() + "/" + reading.sample().sequence()));
    return texts;
  }

  private Instant wall() {
    return Instant.ofEpochMilli(wallMs);
  }

  private Spool open(HostClock clock) {
    return Spool.open(directory, Readings.HOST, SpoolLife.roomy(), false, clock);
  }

  private final class Passing implements Sampler.Pause {
    @Override
    public void forMillis(long millis) {
      wallMs += millis;
      nanos += millis * 1_000_000;
    }

    @Override
    public void end() {}
  }
}
