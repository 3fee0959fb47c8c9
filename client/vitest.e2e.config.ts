// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
import { defineConfig } from "vitest/config";

/** The browser test of a running Perfload: see e2e/spine.e2e.ts. */
export default defineConfig({
  test: {
    environment: "node",
    include: ["e2e/**/*.e2e.ts"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    fileParallelism: false,
    bail: 1,
  },
});
