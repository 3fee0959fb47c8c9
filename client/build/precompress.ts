// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { constants, gzipSync } from "node:zlib";
import type { Plugin } from "vite";

const compressible = /\.(html|js|css|svg|json)$/;
/** Below this a compressed file saves no packet. */
const worthBytes = 1024;

/** Puts a `.gz` beside each file that is worth it, so that a server need not compress. */
export function precompress(): Plugin {
  let directory = "";
  return {
    name: "precompress",
    apply: "build",
    configResolved: (config) => {
      directory = config.build.outDir;
    },
    closeBundle: () => {
      for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true })) {
        const path = join(entry.parentPath, entry.name);
        if (!entry.isFile() || !compressible.test(entry.name)) {
          continue;
        }
        const content = readFileSync(path);
        if (content.length >= worthBytes) {
          writeFileSync(`${path}.gz`, gzipSync(content, { level: constants.Z_BEST_COMPRESSION }));
        }
      }
    },
  };
}
