// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
import type { Values } from "../../data/host";
import type { StoredSeries } from "../../data/series";

/** One reading as it came live. */
export type LiveSample = Readonly<{ atMs: number; values: Values }>;

/** Some series on one time line; null where there is no reading. */
export type GridView = Readonly<{ timesMs: number[]; columns: (number | null)[][] }>;

type Column = Readonly<{ stored: Float64Array; sum: Float64Array; count: Uint32Array }>;

/**
 * Stored and live points of one host on one line of equal buckets: what makes a chart go from history to live without a seam.
 *
 * A live second counts once however often it comes. A bucket whose beginning was seen live is the mean of its live seconds; an
 * earlier one keeps what was stored. A bucket nobody saw stays empty. Holds `capacity` buckets; older ones fall off.
 */
export class SampleGrid {
  readonly stepMs: number;
  readonly #anchorMs: number;
  readonly #capacity: number;
  readonly #columns = new Map<string, Column>();
  readonly #seenSeconds: Float64Array;
  #newest = Number.NEGATIVE_INFINITY;
  #liveFromMs = Number.POSITIVE_INFINITY;

  constructor(stepMs: number, anchorMs: number, capacity: number) {
    this.stepMs = stepMs;
    this.#anchorMs = anchorMs;
    this.#capacity = capacity;
    this.#seenSeconds = new Float64Array(Math.ceil((capacity * stepMs) / 1000)).fill(-1);
  }

  /** Takes in stored history; its buckets have to be `stepMs` long. */
  store(history: StoredSeries): void {
    history.bucketsMs.forEach((atMs) => this.#reach(this.#bucketOf(atMs)));
    for (const { key, average } of history.series) {
      const { stored } = this.#column(key);
      history.bucketsMs.forEach((atMs, i) => {
        const bucket = this.#bucketOf(atMs);
        if (this.#holds(bucket)) {
          stored[this.#place(bucket)] = average[i] ?? Number.NaN;
        }
      });
    }
  }

  /** Takes in one live sample; false if its second was seen before or is too old. */
  add({ atMs, values }: LiveSample): boolean {
    const bucket = this.#bucketOf(atMs);
    this.#reach(bucket);
    if (!this.#holds(bucket) || !this.#firstTime(Math.floor(atMs / 1000))) {
      return false;
    }
    this.#liveFromMs = Math.min(this.#liveFromMs, Math.floor(atMs / 1000) * 1000);
    const place = this.#place(bucket);
    for (const [key, value] of Object.entries(values)) {
      const { sum, count } = this.#column(key);
      sum[place] = (sum[place] ?? 0) + value;
      count[place] = (count[place] ?? 0) + 1;
    }
    return true;
  }

  /** The buckets that begin in `[fromMs, toMs]`, one column for each key. */
  view(fromMs: number, toMs: number, keys: readonly string[]): GridView {
    const last = this.#bucketOf(toMs);
    const first = Math.max(this.#bucketOf(fromMs), last - this.#capacity + 1);
    const buckets = Array.from({ length: last - first + 1 }, (_, i) => first + i);
    return {
      timesMs: buckets.map((bucket) => this.#startOf(bucket)),
      columns: keys.map((key) => {
        const column = this.#columns.get(key);
        return buckets.map((bucket) => (column === undefined ? null : this.#value(column, bucket)));
      }),
    };
  }

  #value({ stored, sum, count }: Column, bucket: number): number | null {
    if (!this.#holds(bucket)) {
      return null;
    }
    const place = this.#place(bucket);
    const lives = count[place] ?? 0;
    const old = stored[place] ?? Number.NaN;
    const wholeSeenLive = this.#startOf(bucket) >= this.#liveFromMs;
    if (lives > 0 && (wholeSeenLive || Number.isNaN(old))) {
      return (sum[place] ?? 0) / lives;
    }
    return Number.isNaN(old) ? null : old;
  }

  /** Moves the line on to `bucket`, clearing the places it comes to stand on. */
  #reach(bucket: number): void {
    if (bucket <= this.#newest) {
      return;
    }
    const first = Math.max(this.#newest + 1, bucket - this.#capacity + 1);
    for (const column of this.#columns.values()) {
      for (let cleared = first; cleared <= bucket; cleared++) {
        const place = this.#place(cleared);
        column.stored[place] = Number.NaN;
        column.sum[place] = 0;
        column.count[place] = 0;
      }
    }
    this.#newest = bucket;
  }

  #firstTime(second: number): boolean {
    const place = second % this.#seenSeconds.length;
    const first = this.#seenSeconds[place] !== second;
    this.#seenSeconds[place] = second;
    return first;
  }

  #column(key: string): Column {
    const known = this.#columns.get(key);
    if (known !== undefined) {
      return known;
    }
    const fresh = {
      stored: new Float64Array(this.#capacity).fill(Number.NaN),
      sum: new Float64Array(this.#capacity),
      count: new Uint32Array(this.#capacity),
    };
    this.#columns.set(key, fresh);
    return fresh;
  }

  #holds = (bucket: number): boolean => bucket <= this.#newest && bucket > this.#newest - this.#capacity;
  #bucketOf = (atMs: number): number => Math.floor((atMs - this.#anchorMs) / this.stepMs);
  #startOf = (bucket: number): number => this.#anchorMs + bucket * this.stepMs;
  #place = (bucket: number): number => ((bucket % this.#capacity) + this.#capacity) % this.#capacity;
}
