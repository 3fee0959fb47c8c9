// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent;

import io.perfload.agent.link.Introduction;
import io.perfload.agent.link.Link;
import io.perfload.agent.link.LiveTail;
import io.perfload.agent.probe.Machine;
import io.perfload.agent.probe.Probes;
import io.perfload.agent.sample.HostClock;
import io.perfload.agent.sample.Reading;
import io.perfload.agent.sample.Sampler;
import io.perfload.agent.spool.FileDirectory;
import io.perfload.agent.spool.Recorder;
import io.perfload.agent.spool.Spool;
import io.perfload.agent.spool.SpoolStatus;
import io.perfload.common.model.HostProfile;
import io.perfload.common.model.Sample;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One run: samples are numbered from its start, and its time never goes back. Samples on the thread
 * that calls {@link #run}; spool and link have a thread each.
 */
final class AgentRun {
  private static final Logger LOG = System.getLogger("agent");
  private static final Duration RECORDER_PATIENCE = Duration.ofMillis(100);
  private static final Duration RECORDER_STOP = Duration.ofSeconds(2);
  private static final Duration LINK_STOP = Duration.ofSeconds(1);

  private final long startMs;
  private final Probes probes;
  private final Spool spool;
  private final LiveTail tail = new LiveTail();
  private final Recorder recorder;
  private final Link link;
  private final Sampler sampler;

  AgentRun(AgentConfig config, Machine machine, HostProfile profile, Path spoolDirectory)
      throws IOException {
    var clock = new HostClock(InstantSource.system(), System::nanoTime);
    probes = new Probes(machine.probes());
    spool =
        Spool.open(
            new FileDirectory(spoolDirectory),
            profile.id(),
            config.spool(),
            config.syncEach(),
            clock);
    startMs = spool.beginRun(clock.millis());
    recorder = new Recorder(spool, RECORDER_PATIENCE);
    link =
        new Link(
            config.server(),
            new Introduction(profile, startMs, config.token()),
            tail,
            spool,
            clock,
            System::nanoTime,
            new SplittableRandom());
    sampler =
        new Sampler(
            probes, clock, System::nanoTime, config.interval(), Sampler.Pause.ofThisThread());
  }

  /** Samples until {@link #stop} or until the clock makes a new run necessary. */
  Sampler.End run() throws InterruptedException {
    long firstSequence = refillTail(spool.openReadings());
    recorder.start();
    link.start();
    try {
      return sampler.run(startMs, firstSequence, this::take);
    } finally {
      end();
    }
  }

  /** Makes {@link #run} return soon. Any thread. */
  void stop() {
    sampler.stop();
  }

  /** Nobody sees a sample before the spool has it, unless the disk is slow. */
  private void take(Reading reading) {
    try {
      recorder.add(reading);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    tail.add(reading);
    link.wake();
  }

  /**
   * Shows a new worker the open minute as far as an earlier run read it. A connection knows one run
   * only, so they are numbered before the samples of this one; the spool keeps their own numbers.
   */
  private long refillTail(List<Reading> earlier) {
    long sequence = 0;
    for (Reading reading : earlier) {
      var sample = new Sample(reading.takenAtMs(), sequence, reading.sample().scaled());
      tail.add(new Reading(reading.set(), startMs, sample));
      sequence++;
    }
    return sequence;
  }

  private void end() throws InterruptedException {
    boolean recorded = recorder.stop(RECORDER_STOP);
    link.stop(LINK_STOP);
    while (!recorded && !sampler.isStopping()) {
      // the next run must not open the spool while this one still writes there
      recorded = recorder.stop(RECORDER_STOP);
    }
    SpoolStatus status = spool.status();
    LOG.log(
        Level.INFO,
        "Stopped: "
            + status
            + " overflowed="
            + recorder.overflowed()
            + " probe failures="
            + probes.failures()
            + (recorded ? "" : " (the disk did not take the newest samples in time)"));
  }
}
