// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
import type { Clock } from "../data/clock";

/** A clock that stands until it is turned. */
export class HandClock implements Clock {
  #nowMs: number;
  #due: { atMs: number; run: () => void }[] = [];

  constructor(nowMs = 1_000_000) {
    this.#nowMs = nowMs;
  }

  now(): number {
    return this.#nowMs;
  }

  after(ms: number, run: () => void): () => void {
    const entry = { atMs: this.#nowMs + ms, run };
    this.#due.push(entry);
    return () => {
      this.#due = this.#due.filter((one) => one !== entry);
    };
  }

  /** Timers that wait. */
  get waiting(): number {
    return this.#due.length;
  }

  /** Moves on, running what comes due, in order. */
  turn(ms: number): void {
    const endMs = this.#nowMs + ms;
    for (;;) {
      const next = this.#due.filter(({ atMs }) => atMs <= endMs).sort((a, b) => a.atMs - b.atMs)[0];
      if (next === undefined) {
        this.#nowMs = endMs;
        return;
      }
      this.#nowMs = next.atMs;
      this.#due = this.#due.filter((one) => one !== next);
      next.run();
    }
  }
}
