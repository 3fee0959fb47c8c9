// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
import type { ReactNode } from "react";

/** Something the reader has to know, in a sentence. */
export function Notice({ tone, children }: { tone: "warn" | "bad"; children: ReactNode }) {
  return (
    <p className="notice" data-tone={tone} role={tone === "bad" ? "alert" : "status"}>
      {children}
    </p>
  );
}
