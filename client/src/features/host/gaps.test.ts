// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import { gapSentence, marksOf, toldGaps } from "./gaps";

const aGap = { fromMs: 0, toMs: 720_000, samples: 720, reason: "spool-full" };

test("says how much is missing, and why", () => {
  expect(gapSentence(aGap)).toBe("12 min of samples are missing: the agent's spool was full.");
  expect(gapSentence({ ...aGap, samples: 0, reason: "damaged" })).toBe(
    "12 min of samples are missing: they were damaged on the agent's disk.",
  );
});

test("counts the samples where few of a long time are missing", () => {
  expect(gapSentence({ ...aGap, samples: 5, reason: "disk-slow" })).toBe(
    "5 samples are missing within 12 min: the agent's disk was too slow.",
  );
  expect(gapSentence({ ...aGap, samples: 1, reason: "refused" })).toBe(
    "1 sample is missing within 12 min: the server could not take them.",
  );
});

test("has a sentence for a reason it does not know", () => {
  expect(gapSentence({ ...aGap, reason: "eaten" })).toMatch(/the agent could not keep them\.$/);
});

test("marks every gap and tells the newest in words", () => {
  const gaps = [1, 2, 3, 4, 5].map((i) => ({ ...aGap, fromMs: i * 1000, toMs: i * 1000 + 60_000 }));

  expect(marksOf(gaps)).toHaveLength(5);
  expect(toldGaps(gaps)).toHaveLength(4);
  expect(toldGaps(gaps).at(-1)).toBe("And 2 more before.");
  expect(toldGaps([])).toEqual([]);
});
