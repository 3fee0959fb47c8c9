// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import {
  formatAgo,
  formatBytes,
  formatCount,
  formatDuration,
  formatHertz,
  formatLoad,
  formatMillis,
  formatRate,
  formatRatio,
} from "./units";

test.each([
  [0, "0 B"],
  [1023, "1023 B"],
  [1536, "1.5 KiB"],
  [16 * 1024 ** 3, "16 GiB"],
  [123.4 * 1024 ** 2, "123 MiB"],
  [5 * 1024 ** 6, "5120 PiB"],
])("writes %d bytes as %s", (bytes, text) => expect(formatBytes(bytes)).toBe(text));

test.each([
  [0, "0 B/s"],
  [999, "999 B/s"],
  [12_500_000, "12.5 MB/s"],
])("writes a rate of %d as %s", (rate, text) => expect(formatRate(rate)).toBe(text));

test.each([
  [0, "0 %"],
  [0.042, "4.2 %"],
  [0.0996, "10 %"],
  [1, "100 %"],
])("writes the ratio %d as %s", (ratio, text) => expect(formatRatio(ratio)).toBe(text));

test.each([
  [8, "8 s"],
  [720, "12 min"],
  [22_320, "6 h 12 min"],
  [3_564_000, "41 d 6 h"],
  [-3, "0 s"],
])("writes %d seconds as %s", (seconds, text) => expect(formatDuration(seconds)).toBe(text));

test("never writes an unknown value as zero", () => {
  expect([formatBytes(null), formatRate(undefined), formatRatio(Number.NaN), formatAgo(null, 5)]).toEqual([
    "–",
    "–",
    "–",
    "–",
  ]);
});

test("writes the smaller kinds", () => {
  expect(formatLoad(1.5)).toBe("1.50");
  expect(formatCount(12345)).toBe("12\u2009345");
  expect(formatHertz(2_400_000_000)).toBe("2.4 GHz");
  expect(formatMillis(0.42)).toBe("0.4 ms");
  expect(formatMillis(-2100)).toBe("-2.1 s");
  expect(formatAgo(0, 61_000)).toBe("1 min ago");
});
