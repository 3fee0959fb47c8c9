// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0

/** How far back the charts go: `value` is how the address and the server say it. */
export type Range = Readonly<{ value: string; name: string; ms: number }>;

const minute = 60_000;

export const ranges = [
  { value: "2m", name: "2 min", ms: 2 * minute },
  { value: "5m", name: "5 min", ms: 5 * minute },
  { value: "15m", name: "15 min", ms: 15 * minute },
  { value: "1h", name: "1 h", ms: 60 * minute },
  { value: "6h", name: "6 h", ms: 360 * minute },
  { value: "24h", name: "24 h", ms: 1440 * minute },
] as const satisfies readonly Range[];

/** The most points asked for; more than a chart has pixels are of no use. */
export const mostPoints = 1000;

export const rangeFrom = (query: URLSearchParams): Range =>
  ranges.find(({ value }) => value === query.get("range")) ?? ranges[1];
