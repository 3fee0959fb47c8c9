// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
import { unknown } from "./units";

const withSeconds = new Intl.DateTimeFormat("en-GB", {
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
});
const withMinutes = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const withDate = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
});

/** A time of day in the reader's zone: `14:03:27`. */
export const formatClock = (ms: number): string => withSeconds.format(ms);

/** A time of day for an axis with a mark every `stepMs`: seconds only where marks lie within a minute. */
export const formatTick = (ms: number, stepMs: number): string =>
  (stepMs < 60_000 ? withSeconds : withMinutes).format(ms);

/** A day and a time of day in the reader's zone. */
export const formatMoment = (ms: number | null): string => (ms === null ? unknown : withDate.format(ms));
