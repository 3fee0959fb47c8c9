// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0

/** Time as a parameter, so that tests can turn it by hand. */
export interface Clock {
  /** Unix milliseconds of this device. */
  now(): number;
  /** Runs `run` once after `ms`; the answer cancels it. */
  after(ms: number, run: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};
