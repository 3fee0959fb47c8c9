// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
import { Link } from "wouter";
import type { Host, Values } from "../../data/host";
import { formatMoment } from "../../format/time";
import {
  formatAgo,
  formatBytes,
  formatDuration,
  formatHertz,
  formatMillis,
  formatRatio,
  unknown,
} from "../../format/units";
import { Meter } from "../../ui/meter";
import { StateDot } from "../../ui/state-dot";

/** Name, state and facts of one host, and how full it is now. */
export function HostHead({ host, values, nowMs }: { host: Host; values: Values; nowMs: number }) {
  return (
    <section className="card host-head" aria-labelledby="host-name">
      <nav aria-label="Breadcrumb">
        <Link href="/">Overview</Link>
      </nav>
      <div className="host-title">
        <h1 id="host-name">{host.name}</h1>
        <State host={host} nowMs={nowMs} />
        <span className="labels">
          {Object.entries(host.labels).map(([key, value]) => (
            <span key={key} className="label">
              {key}={value}
            </span>
          ))}
        </span>
      </div>
      <dl className="facts">
        {factsOf(host, nowMs).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <Fullness values={values} offline={host.status === "offline"} />
    </section>
  );
}

function State({ host, nowMs }: { host: Host; nowMs: number }) {
  if (host.status === "offline") {
    return (
      <span className="state" data-tone="bad">
        <StateDot tone="bad" />
        Offline since {formatMoment(host.sinceMs ?? host.lastSampleAtMs)} (
        {formatAgo(host.sinceMs ?? host.lastSampleAtMs, nowMs)})
      </span>
    );
  }
  return host.stale ? (
    <span className="state" data-tone="warn">
      <StateDot tone="warn" />
      Stale: its worker is silent, last sample {formatAgo(host.lastSampleAtMs, nowMs)}
    </span>
  ) : (
    <span className="state">
      <StateDot tone="good" />
      Online{host.sinceMs === null ? "" : ` for ${formatDuration((nowMs - host.sinceMs) / 1000)}`}
    </span>
  );
}

function factsOf(host: Host, nowMs: number): readonly (readonly [string, string])[] {
  const { facts } = host;
  const words = (...parts: (string | null | undefined)[]) => parts.filter(Boolean).join(" ") || unknown;
  const cores = facts?.logicalCores ?? facts?.physicalCores;
  const threads =
    facts?.physicalCores !== null && facts?.physicalCores !== facts?.logicalCores
      ? ` (${facts?.physicalCores} physical)`
      : "";
  return [
    ["System", words(facts?.osName, facts?.osVersion, facts?.osArch)],
    ["CPU", words(facts?.cpuModel)],
    ["Cores", cores === null || cores === undefined ? unknown : `${cores}${threads}`],
    ["Clock speed", formatHertz(facts?.cpuClockHz)],
    ["Memory", formatBytes(facts?.memoryBytes)],
    [
      "Up for",
      host.status === "offline" || facts === null || facts.bootedAtMs === null
        ? unknown
        : formatDuration((nowMs - facts.bootedAtMs) / 1000),
    ],
    ["Booted", formatMoment(facts?.bootedAtMs ?? null)],
    ["Agent", words(facts?.agentVersion)],
    ["Address", words(host.address)],
    ["Node, slot", host.node === null ? unknown : `${host.node}, ${host.slot ?? unknown}`],
    ["Round trip", formatMillis(host.rttMs)],
    ["Clock offset", formatMillis(host.clockOffsetMs)],
  ];
}

function Fullness({ values, offline }: { values: Values; offline: boolean }) {
  const share = (what: string): number | null => {
    const used = values[`${what}.used`];
    const total = values[`${what}.total`];
    return used === undefined || total === undefined || total <= 0 ? null : used / total;
  };
  const meters: readonly (readonly [string, number | null, string])[] = [
    ["CPU", values["cpu.utilization"] ?? null, ""],
    ["Memory", share("memory"), ofTotal(values, "memory")],
    ["Disk", share("disk"), ofTotal(values, "disk")],
    ["Swap", share("swap"), ofTotal(values, "swap")],
  ];
  return (
    <div className="fullness" data-offline={offline}>
      {meters.map(([name, ratio, detail]) => (
        <div key={name}>
          <span className="fullness-name">
            {name} <span className="muted">{detail}</span>
          </span>
          <Meter label={name} ratio={ratio} text={formatRatio(ratio)} />
        </div>
      ))}
    </div>
  );
}

function ofTotal(values: Values, what: string): string {
  const total = values[`${what}.total`];
  if (total === 0) {
    return "none";
  }
  return total === undefined ? "" : `${formatBytes(values[`${what}.used`])} of ${formatBytes(total)}`;
}
