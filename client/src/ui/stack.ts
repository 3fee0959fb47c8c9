// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0

/** Columns on top of each other. A part that is not known counts nothing; where no part is known there is no point. */
export function stack(columns: readonly (readonly (number | null)[])[]): (number | null)[][] {
  const height: (number | null)[] = [];
  return columns.map((column) =>
    column.map((value, i) => {
      if (value !== null) {
        height[i] = (height[i] ?? 0) + value;
      }
      return columns.some((one) => one[i] !== null && one[i] !== undefined) ? (height[i] ?? 0) : null;
    }),
  );
}

/** The places of points that stand alone between gaps; a line would not show them. */
export function lonePoints(
  column: ArrayLike<number | null | undefined>,
  first: number,
  last: number,
): number[] {
  const lone: number[] = [];
  for (let i = first; i <= last; i++) {
    if (known(column[i]) && !known(column[i - 1]) && !known(column[i + 1])) {
      lone.push(i);
    }
  }
  return lone;
}

const known = (value: number | null | undefined): boolean => value !== null && value !== undefined;

/** The top of a scale for values up to `most`: one whose quarters are round numbers in `base`'s family, never 0. */
export function niceTop(most: number, base: 10 | 1024): number {
  if (!(most > 0)) {
    return 1;
  }
  const unit = base === 1024 ? 1024 ** Math.floor(Math.log(most) / Math.log(1024)) : 1;
  const power = 10 ** Math.floor(Math.log10(most / unit));
  const step = [1, 1.6, 2, 3, 4, 5, 6, 8, 10].find((factor) => factor * power * unit >= most) ?? 10;
  return step * power * unit;
}
