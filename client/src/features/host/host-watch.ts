// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
import type { Api } from "../../data/api";
import { Cell, type Readable } from "../../data/cell";
import type { Clock } from "../../data/clock";
import type { Feed } from "../../data/live-feed";
import type { HostSeen, SampleSeen } from "../../data/live-message";
import type { StoredSeries } from "../../data/series";
import type { ChartMark } from "../../ui/chart-drawing";
import { marksOf } from "./gaps";
import { type HostPage, toldFailure, toldHistory, toldHost, toldSample } from "./model";
import { mostPoints, type Range } from "./ranges";
import { type GridView, type LiveSample, SampleGrid } from "./sample-grid";

/** Live samples kept to lay over a history that arrives later: the two minutes the server repeats and the wait for an answer. */
const keptSamples = 300;

/** Without a sample for so long, charts move on by the server's clock. */
const sampleDueMs = 1_500;

/** Points of one window of time, for charts. */
export type ChartWindow = Readonly<{ fromMs: number; toMs: number; marks: readonly ChartMark[] }> & GridView;

/** One host's page outside React: asks, listens, merges. Confined to the page; bounded by one range of points for each series. */
export class HostWatch {
  readonly #page = new Cell<HostPage>({ state: "waiting" });
  readonly #feed: Feed;
  readonly #api: Api;
  readonly #clock: Clock;
  readonly #hostId: string;
  readonly #listeners = new Set<() => void>();
  #range: Range;
  #measures: readonly string[];
  #grid: SampleGrid;
  #recent: LiveSample[] = [];
  #marks: readonly ChartMark[] = [];
  #newestMs: number | null = null;
  #heardMs = Number.NEGATIVE_INFINITY;
  #asking: AbortController | null = null;
  #stopLive: (() => void) | null = null;

  constructor(parts: {
    feed: Feed;
    api: Api;
    clock: Clock;
    hostId: string;
    range: Range;
    measures: readonly string[];
  }) {
    this.#feed = parts.feed;
    this.#api = parts.api;
    this.#clock = parts.clock;
    this.#hostId = parts.hostId;
    this.#range = parts.range;
    this.#measures = parts.measures;
    this.#grid = emptyGrid(parts.range);
  }

  get page(): Readable<HostPage> {
    return this.#page;
  }

  /** Begins to watch; the answer ends it. */
  readonly open = (): (() => void) => {
    const undo = [this.#feed.onBeat(() => this.#beat()), this.#onReturn(() => this.#askAll())];
    this.#askAll();
    return () => {
      this.#asking?.abort();
      undo.forEach((one) => one());
      this.#stopLive?.();
      this.#stopLive = null;
    };
  };

  /** Other charts or another range: the history is read again, the live samples at hand stay. */
  show(range: Range, measures: readonly string[]): void {
    if (range === this.#range && measures.join() === this.#measures.join()) {
      return;
    }
    if (range !== this.#range) {
      this.#grid = this.#withRecent(emptyGrid(range));
    }
    this.#range = range;
    this.#measures = measures;
    this.#askAll();
    this.#changed();
  }

  /** Asks for the host and its history once more. */
  askAgain(): void {
    this.#askAll();
  }

  /** Calls back when the charts have something new, at most a few times a second. */
  readonly onChange = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** The points of `keys` over the chosen range up to now. */
  window(keys: readonly string[]): ChartWindow {
    const toMs = this.#nowMs();
    const fromMs = toMs - this.#range.ms;
    return { fromMs, toMs, marks: this.#marks, ...this.#grid.view(fromMs, toMs, keys) };
  }

  /** Now by the clock of the samples, which may not be the server's; without any, the server's. */
  #nowMs(): number {
    if (this.#newestMs === null) {
      return this.#feed.serverNowMs();
    }
    const sinceMs = this.#clock.now() - this.#heardMs;
    return sinceMs <= sampleDueMs || this.#feed.connection.current().state !== "live"
      ? this.#newestMs
      : this.#newestMs + sinceMs;
  }

  #see(message: HostSeen | SampleSeen): void {
    if (message.type === "host") {
      this.#page.set(toldHost(this.#page.current(), message.host));
      return;
    }
    const sample = { atMs: message.atMs, values: message.values };
    if (!this.#grid.add(sample)) {
      return;
    }
    this.#recent = [...this.#recent.slice(1 - keptSamples), sample];
    if (this.#newestMs === null || sample.atMs > this.#newestMs) {
      this.#newestMs = sample.atMs;
      this.#heardMs = this.#clock.now();
      this.#page.set(toldSample(this.#page.current(), sample.atMs, sample.values));
    }
    this.#changed();
  }

  /** A silent host's charts move on too, so that the gap can be seen growing. */
  #beat(): void {
    if (this.#clock.now() - this.#heardMs > sampleDueMs) {
      this.#changed();
    }
  }

  #onReturn(run: () => void): () => void {
    let before = this.#feed.connection.current().state;
    return this.#feed.connection.subscribe(() => {
      const now = this.#feed.connection.current().state;
      if (before === "lost" && now === "live") {
        run();
      }
      before = now;
    });
  }

  #askAll(): void {
    this.#asking?.abort();
    const asking = new AbortController();
    this.#asking = asking;
    void this.#askHost(asking.signal).then((shown) => (shown ? this.#askHistory(asking.signal) : undefined));
  }

  async #askHost(signal: AbortSignal): Promise<boolean> {
    const answer = await this.#api.host(this.#hostId, signal);
    if (signal.aborted) {
      return false;
    }
    const page = this.#page.current();
    this.#page.set(answer.ok ? toldHost(page, answer.value) : toldFailure(page, answer.failure));
    this.#changed();
    if (this.#page.current().state !== "absent") {
      this.#stopLive ??= this.#feed.watchHost(this.#hostId, (message) => this.#see(message));
    }
    return this.#page.current().state === "shown";
  }

  async #askHistory(signal: AbortSignal): Promise<void> {
    const query = {
      hostId: this.#hostId,
      measures: this.#measures,
      from: `-${this.#range.value}`,
      to: "now",
      points: mostPoints,
    };
    const answer = await this.#api.series(query, signal);
    if (signal.aborted) {
      return;
    }
    if (answer.ok) {
      this.#grid = this.#withRecent(gridOf(answer.value, this.#range));
      this.#marks = marksOf(answer.value.gaps);
    }
    const history = answer.ok
      ? ({ state: "read", tier: answer.value.tier, gaps: answer.value.gaps } as const)
      : ({ state: "failed", detail: answer.failure.detail } as const);
    this.#page.set(toldHistory(this.#page.current(), history));
    this.#changed();
  }

  #withRecent(grid: SampleGrid): SampleGrid {
    this.#recent.forEach((sample) => grid.add(sample));
    return grid;
  }

  #changed(): void {
    for (const listener of [...this.#listeners]) {
      listener();
    }
  }
}

/** Until the history is read: seconds where the range allows it, else as many buckets as are asked for. */
function emptyGrid(range: Range): SampleGrid {
  const stepMs = Math.max(1000, Math.ceil(range.ms / mostPoints / 1000) * 1000);
  return new SampleGrid(stepMs, 0, capacityOf(range, stepMs));
}

function gridOf(history: StoredSeries, range: Range): SampleGrid {
  const [first, second] = history.bucketsMs;
  if (first === undefined || second === undefined || second <= first) {
    return emptyGrid(range);
  }
  const stepMs = second - first;
  const grid = new SampleGrid(stepMs, first, capacityOf(range, stepMs));
  grid.store(history);
  return grid;
}

/** A little more than the range, so that the edge of a chart is never short of a bucket. */
const capacityOf = (range: Range, stepMs: number): number => Math.ceil(range.ms / stepMs) + 8;
