// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * What charts on one page share: the crosshair, the pause while the pointer is on one of them, and one drawing a frame.
 * Nothing is drawn while the page is hidden; what is due is drawn when it shows again.
 */
export class ChartBoard {
  /** uPlot's name for the group of charts with one crosshair. */
  readonly syncKey: string;
  readonly #due = new Set<() => void>();
  readonly #listeners = new Set<() => void>();
  #paused = false;
  #frame: number | null = null;

  constructor(syncKey: string) {
    this.syncKey = syncKey;
  }

  /** Draws with the next frame, together with all others; again and again is once. */
  schedule(draw: () => void): void {
    this.#due.add(draw);
    this.#request();
  }

  /** A chart that goes away is not drawn any more. */
  forget(draw: () => void): void {
    this.#due.delete(draw);
  }

  readonly paused = (): boolean => this.#paused;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly pause = (): void => this.#set(true);

  readonly resume = (): void => {
    this.#set(false);
    this.#request();
  };

  /** Watches the page come back; the answer undoes it. */
  readonly open = (): (() => void) => {
    const shown = () => this.#request();
    document.addEventListener("visibilitychange", shown);
    return () => {
      document.removeEventListener("visibilitychange", shown);
      if (this.#frame !== null) {
        cancelAnimationFrame(this.#frame);
        this.#frame = null;
      }
    };
  };

  #set(paused: boolean): void {
    if (paused !== this.#paused) {
      this.#paused = paused;
      this.#listeners.forEach((listener) => listener());
    }
  }

  #request(): void {
    if (this.#frame === null && this.#due.size > 0 && !this.#paused && !document.hidden) {
      this.#frame = requestAnimationFrame(() => {
        this.#frame = null;
        const due = [...this.#due];
        this.#due.clear();
        due.forEach((draw) => draw());
      });
    }
  }
}
