// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
import { z } from "zod";

/** The name of one series in live samples: the measure, and the part where there is one. */
export const seriesKey = (measure: string, instance: string): string =>
  instance === "" ? measure : `${measure}:${instance}`;

/** Samples of a stretch of time that were taken and could not be kept. */
export type Gap = Readonly<{
  fromMs: number;
  /** The moment after the last one that may be missing. */
  toMs: number;
  /** How many are known to be missing; 0 if nobody can tell. */
  samples: number;
  /** One of the server's words, such as `spool-full`. */
  reason: string;
}>;

/** Stored history of some series on one equally spaced time line. */
export type StoredSeries = Readonly<{
  tier: string;
  fromMs: number;
  toMs: number;
  /** Where each bucket starts. */
  bucketsMs: readonly number[];
  series: readonly Readonly<{ key: string; average: readonly (number | null)[] }>[];
  /** What is known to be missing in this time. */
  gaps: readonly Gap[];
}>;

const gapSchema = z
  .object({ from: z.number(), to: z.number(), samples: z.number(), reason: z.string() })
  .transform(({ from, to, samples, reason }): Gap => ({ fromMs: from, toMs: to, samples, reason }));

const column = z.array(z.number().nullable());

export const storedSeriesSchema = z
  .object({
    tier: z.union([z.string(), z.number()]).nullish(),
    from: z.number(),
    to: z.number(),
    t: z.array(z.number()),
    series: z.array(z.object({ measure: z.string(), instance: z.string().nullish(), avg: column })),
    gaps: z.array(gapSchema).nullish(),
  })
  .transform((wire): StoredSeries => ({
    tier: String(wire.tier ?? ""),
    fromMs: wire.from,
    toMs: wire.to,
    bucketsMs: wire.t,
    series: wire.series.map((one) => ({ key: seriesKey(one.measure, one.instance ?? ""), average: one.avg })),
    gaps: wire.gaps ?? [],
  }));
