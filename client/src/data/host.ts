// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
import { z } from "zod";

/** Newest values by series key: `measure`, or `measure:instance` for a part. Absent values are left out. */
export type Values = Readonly<Record<string, number>>;

export const valuesSchema = z.record(z.string(), z.number().nullable()).transform((wire): Values => {
  const known: Record<string, number> = {};
  for (const [key, value] of Object.entries(wire)) {
    if (value !== null) {
      known[key] = value;
    }
  }
  return known;
});

/** What a machine is, as its agent described it; anything may be unknown. */
export type HostFacts = Readonly<{
  osName: string | null;
  osVersion: string | null;
  osArch: string | null;
  cpuModel: string | null;
  physicalCores: number | null;
  logicalCores: number | null;
  /** Hz */
  cpuClockHz: number | null;
  memoryBytes: number | null;
  bootedAtMs: number | null;
  agentVersion: string | null;
}>;

const text = z.string().nullish();
const number = z.number().nullish();

const factsSchema = z
  .object({
    os: z.object({ type: text, name: text, version: text, arch: text }).nullish(),
    cpu: z.object({ model: text, physicalCores: number, logicalCores: number, clockHz: number }).nullish(),
    memory: z.object({ total: number }).nullish(),
    bootedAt: number,
    agent: z.object({ version: text }).nullish(),
  })
  .transform((wire): HostFacts => ({
    osName: wire.os?.name ?? wire.os?.type ?? null,
    osVersion: wire.os?.version ?? null,
    osArch: wire.os?.arch ?? null,
    cpuModel: wire.cpu?.model ?? null,
    physicalCores: wire.cpu?.physicalCores ?? null,
    logicalCores: wire.cpu?.logicalCores ?? null,
    cpuClockHz: wire.cpu?.clockHz ?? null,
    memoryBytes: wire.memory?.total ?? null,
    bootedAtMs: wire.bootedAt ?? null,
    agentVersion: wire.agent?.version ?? null,
  }));

/** How an agent keeps what the server has not acknowledged. */
export type Spool = Readonly<{
  /** `memory`: the disk cannot be written. `dropping`: a bound is reached, the oldest go. */
  state: "ok" | "memory" | "dropping";
  /** Minutes that wait. */
  pending: number;
  bytes: number;
}>;

/** One watched machine as the server sees it now. */
export type Host = Readonly<{
  id: string;
  name: string;
  labels: Readonly<Record<string, string>>;
  status: "online" | "offline";
  /** The owner has been silent and the server cannot tell yet whether the host is gone. */
  stale: boolean;
  /** Since when {@link status} holds. */
  sinceMs: number | null;
  address: string | null;
  node: string | null;
  slot: number | null;
  lastSampleAtMs: number | null;
  /** Round trip between agent and worker. */
  rttMs: number | null;
  /** The agent's clock less the server's. */
  clockOffsetMs: number | null;
  /** Unknown until its agent told. */
  spool: Spool | null;
  latest: Values;
  facts: HostFacts | null;
}>;

export const hostSchema = z
  .object({
    id: z.string().min(1),
    name: z.string(),
    labels: z.record(z.string(), z.string()).nullish(),
    status: z.enum(["online", "offline"]),
    stale: z.boolean().nullish(),
    since: number,
    address: text,
    node: text,
    slot: number,
    lastSampleAt: number,
    rttMs: number,
    clockOffsetMs: number,
    spool: z
      .object({ state: z.enum(["ok", "memory", "dropping"]), pending: z.number(), bytes: z.number() })
      .nullish(),
    latest: valuesSchema.nullish(),
    facts: factsSchema.nullish(),
  })
  .transform((wire): Host => ({
    id: wire.id,
    name: wire.name,
    labels: wire.labels ?? {},
    status: wire.status,
    stale: wire.stale ?? false,
    sinceMs: wire.since ?? null,
    address: wire.address ?? null,
    node: wire.node ?? null,
    slot: wire.slot ?? null,
    lastSampleAtMs: wire.lastSampleAt ?? null,
    rttMs: wire.rttMs ?? null,
    clockOffsetMs: wire.clockOffsetMs ?? null,
    spool: wire.spool ?? null,
    latest: wire.latest ?? {},
    facts: wire.facts ?? null,
  }));

/** The parts of `measure` that `values` speaks of, in natural order: `eth2` before `eth10`. */
export function instancesOf(values: Values, measure: string): readonly string[] {
  const prefix = `${measure}:`;
  return Object.keys(values)
    .filter((key) => key.startsWith(prefix))
    .map((key) => key.slice(prefix.length))
    .sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
}
