// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0

/** Colour speaks of state only: a meter has none until it is worth a look. */
const levelOf = (ratio: number): "calm" | "high" | "full" =>
  ratio >= 0.9 ? "full" : ratio >= 0.8 ? "high" : "calm";

/** A share of 1 as a number and a bar; `ratio` null means not known and draws no bar. */
export function Meter({ label, ratio, text }: { label: string; ratio: number | null; text: string }) {
  if (ratio === null) {
    return (
      <span className="meter" role="img" aria-label={`${label} unknown`}>
        <span className="meter-text">{text}</span>
        <span className="meter-track" />
      </span>
    );
  }
  const share = Math.min(1, Math.max(0, ratio));
  return (
    <span
      className="meter"
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={1}
      aria-valuenow={Number(share.toFixed(3))}
      aria-valuetext={text}
      data-level={levelOf(share)}
    >
      <span className="meter-text">{text}</span>
      <span className="meter-track">
        <span className="meter-bar" style={{ transform: `scaleX(${share.toFixed(4)})` }} />
      </span>
    </span>
  );
}
