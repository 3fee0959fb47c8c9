// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import { lonePoints, niceTop, stack } from "./stack";

test("stacks columns; a part not known counts nothing, a place not known stays empty", () => {
  expect(
    stack([
      [1, null, null],
      [2, 5, null],
    ]),
  ).toEqual([
    [1, 0, null],
    [3, 5, null],
  ]);
});

test("finds points that stand alone", () => {
  expect(lonePoints([1, null, 2, 3, null, 4], 0, 5)).toEqual([0, 5]);
});

test.each([
  [0, 10, 1],
  [0.9, 10, 1],
  [17, 10, 20],
  [1_100, 10, 1_600],
  [3 * 1024, 1024, 3 * 1024],
  [700 * 1024 ** 2, 1024, 800 * 1024 ** 2],
] as const)("a scale up to %d in base %d ends at %d", (most, base, top) =>
  expect(niceTop(most, base)).toBe(top),
);
