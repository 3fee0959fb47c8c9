// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0

/** What stands where a value is not known; never a zero. */
export const unknown = "–";

const binary = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"] as const;
const decimal = ["B/s", "kB/s", "MB/s", "GB/s", "TB/s"] as const;

/** Three digits at most: 0.42, 4.2, 42, 420. */
function short(value: number): string {
  if (value >= 100 || value === 0) {
    return value.toFixed(0);
  }
  return value >= 10 ? trim(value.toFixed(1)) : trim(value.toFixed(2));
}

const trim = (text: string): string => (text.includes(".") ? text.replace(/\.?0+$/, "") : text);

function scaled(value: number, step: number, units: readonly string[]): string {
  let rest = Math.max(0, value);
  let unit = 0;
  while (rest >= step * 0.9995 && unit < units.length - 1) {
    rest /= step;
    unit++;
  }
  return `${unit === 0 ? rest.toFixed(0) : short(rest)} ${units[unit] ?? ""}`;
}

const or = (format: (value: number) => string) => (value: number | null | undefined) =>
  value === null || value === undefined || !Number.isFinite(value) ? unknown : format(value);

/** A size in powers of 1024: `1.5 GiB`. */
export const formatBytes = or((bytes) => scaled(bytes, 1024, binary));

/** A speed in powers of 1000: `12.5 MB/s`. */
export const formatRate = or((bytesPerSecond) => scaled(bytesPerSecond, 1000, decimal));

/** A share from 0 to 1: `0 %`, `4.2 %`, `42 %`. */
export const formatRatio = or((ratio) => {
  const percent = ratio * 100;
  return `${percent < 9.95 && percent > 0 ? percent.toFixed(1) : percent.toFixed(0)} %`;
});

/** A load average: always two digits after the point, so that three of them stand in columns. */
export const formatLoad = or((load) => load.toFixed(load >= 100 ? 0 : 2));

/** A count with thin groups: `12 345`. */
export const formatCount = or((count) => Math.round(count).toLocaleString("en").replaceAll(",", "\u2009"));

/** A frequency in hertz: `2.4 GHz`. */
export const formatHertz = or((hertz) =>
  hertz >= 1e9 ? `${trim((hertz / 1e9).toFixed(2))} GHz` : `${(hertz / 1e6).toFixed(0)} MHz`,
);

/** A round trip or clock offset: `0.4 ms`, `35 ms`, `2.1 s`. */
export const formatMillis = or((ms) => {
  const size = Math.abs(ms);
  if (size >= 1000) {
    return `${trim((ms / 1000).toFixed(1))} s`;
  }
  return `${size < 10 ? trim(ms.toFixed(1)) : ms.toFixed(0)} ms`;
});

/** A length of time in its two largest units: `41 d 6 h`, `6 h 12 min`, `12 min`, `8 s`. */
export const formatDuration = or((seconds) => {
  const whole = Math.max(0, Math.floor(seconds));
  const days = Math.floor(whole / 86_400);
  const hours = Math.floor((whole % 86_400) / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  if (days > 0) {
    return `${days} d ${hours} h`;
  }
  if (hours > 0) {
    return `${hours} h ${minutes} min`;
  }
  return minutes > 0 ? `${minutes} min` : `${whole} s`;
});

/** How long ago something was; a moment in the future counts as now. */
export function formatAgo(thenMs: number | null, nowMs: number): string {
  return thenMs === null ? unknown : `${formatDuration((nowMs - thenMs) / 1000)} ago`;
}
