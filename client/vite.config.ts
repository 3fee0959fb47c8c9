// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { precompress } from "./build/precompress.ts";
import { fakePerfload } from "./dev/fake-server.ts";

/** `npm run dev` shows a made-up fleet, or the real one of the Perfload at PERFLOAD_URL. */
const real = process.env["PERFLOAD_URL"];
const fakeHosts = Number(process.env["PERFLOAD_FAKE_HOSTS"] ?? "200");

export default defineConfig({
  plugins: [react(), precompress(), ...(real === undefined ? [fakePerfload(fakeHosts)] : [])],
  build: { outDir: "target/classes/web", emptyOutDir: true, assetsInlineLimit: 0, target: "es2022" },
  server: real === undefined ? {} : { proxy: { "/api": { target: real, ws: true, changeOrigin: true } } },
  test: {
    pool: "threads",
    projects: [
      { extends: true, test: { name: "models", include: ["src/**/*.test.ts"], environment: "node" } },
      {
        extends: true,
        test: {
          name: "screens",
          include: ["src/**/*.test.tsx"],
          environment: "jsdom",
          setupFiles: ["src/testing/setup.ts"],
        },
      },
    ],
  },
});
