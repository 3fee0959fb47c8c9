// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
import { z } from "zod";

/** The name of one series in live samples: the measure, and the part where there is one. */
export const seriesKey = (measure: string, instance: string): string =>
  instance === "" ? measure : `${measure}:${instance}`;

/** Stored history of some series on one equally spaced time line. */
export type StoredSeries = Readonly<{
  tier: string;
  fromMs: number;
  toMs: number;
  /** Where each bucket starts. */
  bucketsMs: readonly number[];
  series: readonly Readonly<{ key: string; average: readonly (number | null)[] }>[];
}>;

const column = z.array(z.number().nullable());

export const storedSeriesSchema = z
  .object({
    tier: z.union([z.string(), z.number()]).nullish(),
    from: z.number(),
    to: z.number(),
    t: z.array(z.number()),
    series: z.array(z.object({ measure: z.string(), instance: z.string().nullish(), avg: column })),
  })
  .transform((wire): StoredSeries => ({
    tier: String(wire.tier ?? ""),
    fromMs: wire.from,
    toMs: wire.to,
    bucketsMs: wire.t,
    series: wire.series.map((one) => ({ key: seriesKey(one.measure, one.instance ?? ""), average: one.avg })),
  }));
