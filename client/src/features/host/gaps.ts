// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
import type { Gap } from "../../data/series";
import { formatClock } from "../../format/time";
import { formatCount, formatDuration } from "../../format/units";
import type { ChartMark } from "../../ui/chart-drawing";

const reasons: Readonly<Record<string, string>> = {
  "spool-full": "the agent's spool was full",
  refused: "the server could not take them",
  damaged: "they were damaged on the agent's disk",
  "disk-slow": "the agent's disk was too slow",
};

/** What is missing and why, as a sentence. */
export function gapSentence({ fromMs, toMs, samples, reason }: Gap): string {
  const why = reasons[reason] ?? "the agent could not keep them";
  const seconds = (toMs - fromMs) / 1000;
  const one = samples === 1;
  const what =
    samples === 0 || samples >= seconds / 2
      ? `${formatDuration(seconds)} of samples are missing`
      : `${formatCount(samples)} ${one ? "sample is" : "samples are"} missing within ${formatDuration(seconds)}`;
  return `${what}: ${why}.`;
}

export const marksOf = (gaps: readonly Gap[]): readonly ChartMark[] =>
  gaps.map((gap) => ({ fromMs: gap.fromMs, toMs: gap.toMs, text: gapSentence(gap) }));

const mostTold = 3;

/** The newest gaps as lines to read, for those who cannot point at a chart. */
export function toldGaps(gaps: readonly Gap[]): readonly string[] {
  const newest = [...gaps].sort((a, b) => b.toMs - a.toMs);
  const told = newest
    .slice(0, mostTold)
    .map((gap) => `${formatClock(gap.fromMs)} to ${formatClock(gap.toMs)}: ${gapSentence(gap)}`);
  const more = newest.length - told.length;
  return more === 0 ? told : [...told, `And ${more} more before.`];
}
