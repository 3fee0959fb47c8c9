// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import type { StoredSeries } from "../../data/series";
import { SampleGrid } from "./sample-grid";

const second = 1000;

const stored = (bucketsMs: number[], average: (number | null)[]): StoredSeries => ({
  gaps: [],
  tier: "",
  fromMs: 0,
  toMs: 0,
  bucketsMs,
  series: [{ key: "a", average }],
});

const at = (s: number, a: number) => ({ atMs: s * second, values: { a } });

const seen = (grid: SampleGrid, from: number, to: number) =>
  grid.view(from * second, to * second, ["a"]).columns[0];

test("goes from stored to live without a seam and without doubling", () => {
  const grid = new SampleGrid(second, 0, 10);
  grid.store(stored([1000, 2000, 3000], [1, 2, 3]));
  grid.add(at(3, 3));
  grid.add(at(4, 4));

  expect(grid.view(1000, 4000, ["a"])).toEqual({
    timesMs: [1000, 2000, 3000, 4000],
    columns: [[1, 2, 3, 4]],
  });
});

test("leaves a gap where nothing was read", () => {
  const grid = new SampleGrid(second, 0, 10);
  grid.store(stored([1000, 2000, 3000], [1, null, 3]));
  grid.add(at(6, 6));

  expect(seen(grid, 1, 7)).toEqual([1, null, 3, null, null, 6, null]);
});

test("fills a hole with a late second, and counts a repeated one once", () => {
  const grid = new SampleGrid(10 * second, 0, 10);
  expect(grid.add(at(10, 2))).toBe(true);
  expect(grid.add(at(12, 6))).toBe(true);
  expect(grid.add(at(12, 6))).toBe(false);
  expect(grid.add(at(11, 4))).toBe(true);

  expect(seen(grid, 10, 10)).toEqual([4]);
});

test("a bucket whose beginning was not seen live keeps what was stored", () => {
  const grid = new SampleGrid(10 * second, 0, 10);
  grid.store(stored([0, 10_000], [100, 50]));
  grid.add(at(15, 1));
  grid.add(at(20, 7));

  expect(seen(grid, 0, 20)).toEqual([100, 50, 7]);
});

test("forgets what falls off and does not show it again a lap later", () => {
  const grid = new SampleGrid(second, 0, 3);
  grid.add(at(1, 1));
  grid.add(at(2, 2));
  grid.add(at(5, 5));

  expect(seen(grid, 3, 5)).toEqual([null, null, 5]);
  expect(grid.add(at(2, 9))).toBe(false);
});

test("has empty columns for series it never saw", () => {
  const grid = new SampleGrid(second, 0, 3);

  expect(grid.view(1000, 2000, ["b"])).toEqual({ timesMs: [1000, 2000], columns: [[null, null]] });
});

test("keeps its buckets where the history has them", () => {
  const grid = new SampleGrid(10 * second, 3_000, 10);
  grid.store(stored([3_000, 13_000], [1, 2]));
  grid.add(at(23, 3));

  expect(grid.view(3_000, 24_000, ["a"])).toEqual({ timesMs: [3_000, 13_000, 23_000], columns: [[1, 2, 3]] });
});
