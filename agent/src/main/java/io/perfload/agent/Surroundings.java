// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent;

import static java.util.Objects.requireNonNull;

import io.perfload.agent.sample.HostClock;
import io.perfload.agent.sample.Reading;
import io.perfload.agent.sample.Sampler;
import java.time.InstantSource;

/**
 * What a run of the agent takes from outside besides its settings.
 *
 * @param clock the time of samples
 * @param pause how the sampling thread waits
 * @param witness told of each reading
 */
public record Surroundings(HostClock clock, Sampler.Pause pause, Witness witness) {
  public Surroundings {
    requireNonNull(clock, "clock");
    requireNonNull(pause, "pause");
    requireNonNull(witness, "witness");
  }

  /** The clock of this machine and the thread that calls this; nobody is told of readings. */
  public static Surroundings ofThisMachine() {
    return new Surroundings(
        new HostClock(InstantSource.system(), System::nanoTime),
        Sampler.Pause.ofThisThread(),
        new Witness() {
          @Override
          public void made(Reading reading) {}

          @Override
          public void kept(Reading reading) {}
        });
  }

  /** Sees what becomes of readings, on the sampling thread; must not block. */
  public interface Witness {
    /** Nothing was done with it yet. */
    void made(Reading reading);

    /** The end of this process takes it no more, unless the disk fails. */
    void kept(Reading reading);
  }
}
