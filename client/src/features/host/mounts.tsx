// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
import type { Values } from "../../data/host";
import { formatBytes, formatRatio } from "../../format/units";
import { Meter } from "../../ui/meter";
import { mountsOf } from "./model";

/** How full each mount is. */
export function Mounts({ values }: { values: Values }) {
  const mounts = mountsOf(values);
  return mounts.length === 0 ? null : (
    <section className="card" aria-labelledby="mounts-title">
      <header className="card-head">
        <h2 id="mounts-title">Disk space</h2>
      </header>
      <ul className="mounts">
        {mounts.map(({ path, usedBytes, totalBytes, share }) => (
          <li key={path}>
            <span className="mount-path">{path}</span>
            <span className="muted">
              {formatBytes(usedBytes)} of {formatBytes(totalBytes)}
            </span>
            <Meter label={`Space used on ${path}`} ratio={share} text={formatRatio(share)} />
          </li>
        ))}
      </ul>
    </section>
  );
}
