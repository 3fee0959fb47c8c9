// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0

export type Tone = "good" | "warn" | "bad" | "none";

/** A state as a coloured dot; the words beside it or in `label` say the same. */
export function StateDot({ tone, label }: { tone: Tone; label?: string }) {
  return label === undefined ? (
    <span className="dot" data-tone={tone} aria-hidden="true" />
  ) : (
    <span className="dot" data-tone={tone} role="img" aria-label={label} title={label} />
  );
}
