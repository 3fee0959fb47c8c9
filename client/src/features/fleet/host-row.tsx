// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
import { Link } from "wouter";
import type { Host } from "../../data/host";
import { formatAgo, formatDuration, formatLoad, formatRate, formatRatio } from "../../format/units";
import { Meter } from "../../ui/meter";
import { StateDot, type Tone } from "../../ui/state-dot";
import { shareOf } from "./model";

/** One host; the link in its name covers the whole row. A place whose host is not known yet is an empty row. */
export function HostRow({ host, index, nowMs }: { host: Host | undefined; index: number; nowMs: number }) {
  if (host === undefined) {
    return (
      <div role="row" aria-rowindex={index + 2} className="host-grid host-row" data-state="unknown">
        <div role="cell" className="muted">
          …
        </div>
      </div>
    );
  }
  const { latest } = host;
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      className="host-grid host-row"
      data-state={stateOf(host)}
      data-host={host.id}
    >
      <div role="cell" data-column="name">
        <Link href={`/hosts/${encodeURIComponent(host.id)}`} className="row-link">
          {host.name}
        </Link>
        <Labels labels={host.labels} />
      </div>
      <div role="cell" data-column="status">
        <Status host={host} nowMs={nowMs} />
      </div>
      <MeterCell column="cpu.utilization" label="CPU" ratio={latest["cpu.utilization"] ?? null} />
      <MeterCell column="memory.utilization" label="Memory" ratio={shareOf(latest, "memory")} />
      <MeterCell column="disk.utilization" label="Disk" ratio={shareOf(latest, "disk")} />
      <div role="cell" data-column="network.receive">
        <span className="arrow" aria-hidden="true">
          ↓
        </span>
        {formatRate(latest["network.receive"])}
      </div>
      <div role="cell" data-column="network.transmit">
        <span className="arrow" aria-hidden="true">
          ↑
        </span>
        {formatRate(latest["network.transmit"])}
      </div>
      <div role="cell" data-column="load.1m" aria-label="Load over 1, 5 and 15 minutes">
        <span className="cell-name" aria-hidden="true">
          Load
        </span>
        <span>{formatLoad(latest["load.1m"])}</span>
        <span className="muted">{formatLoad(latest["load.5m"])}</span>
        <span className="muted">{formatLoad(latest["load.15m"])}</span>
      </div>
      <div role="cell" data-column="uptime">
        {formatDuration(latest["uptime"])}
      </div>
    </div>
  );
}

const stateOf = ({ status, stale }: Host): "online" | "stale" | "offline" =>
  status === "offline" ? "offline" : stale ? "stale" : "online";

/** What its agent's spool needs a look for. */
const spoolWords = { ok: null, memory: "spool in memory", dropping: "dropping samples" } as const;

const tones = { online: "good", stale: "warn", offline: "bad" } as const satisfies Record<string, Tone>;

function Status({ host, nowMs }: { host: Host; nowMs: number }) {
  const state = stateOf(host);
  const spool = state === "online" && host.spool !== null ? spoolWords[host.spool.state] : null;
  return (
    <>
      <StateDot tone={spool === null ? tones[state] : "warn"} />
      <span className="status-words">
        {state === "online" ? "Online" : state === "stale" ? "Stale" : "Offline"}
        {spool !== null && <small data-tone="warn">{spool}</small>}
        {state !== "online" && <small>seen {formatAgo(host.lastSampleAtMs ?? host.sinceMs, nowMs)}</small>}
      </span>
    </>
  );
}

function Labels({ labels }: { labels: Host["labels"] }) {
  const pairs = Object.entries(labels);
  return pairs.length === 0 ? null : (
    <span className="labels">
      {pairs.map(([key, value]) => (
        <span key={key} className="label" title={`${key}=${value}`}>
          {value}
        </span>
      ))}
    </span>
  );
}

function MeterCell({ column, label, ratio }: { column: string; label: string; ratio: number | null }) {
  return (
    <div role="cell" data-column={column}>
      <span className="cell-name" aria-hidden="true">
        {label}
      </span>
      <Meter label={label} ratio={ratio} text={formatRatio(ratio)} />
    </div>
  );
}
