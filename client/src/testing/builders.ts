// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
import type { Door } from "../data/door";
import type { Host, HostFacts } from "../data/host";
import type { FleetSeen } from "../data/live-message";

export const aHost = (changes: Partial<Host> = {}): Host => ({
  id: "h1",
  name: "web-01",
  labels: {},
  status: "online",
  stale: false,
  sinceMs: 0,
  address: "192.0.2.1",
  node: "door-1",
  slot: 2,
  lastSampleAtMs: 1_000_000,
  rttMs: 0.4,
  clockOffsetMs: 0,
  spool: null,
  latest: { "cpu.utilization": 0.12 },
  facts: null,
  ...changes,
});

export const someFacts = (changes: Partial<HostFacts> = {}): HostFacts => ({
  osName: "Debian GNU/Linux",
  osVersion: "12",
  osArch: "x86_64",
  cpuModel: "Xeon",
  physicalCores: 2,
  logicalCores: 4,
  cpuClockHz: 2_400_000_000,
  memoryBytes: 8 * 1024 ** 3,
  bootedAtMs: 0,
  agentVersion: "0.1.0",
  ...changes,
});

export const aFleet = (rows: readonly Host[], changes: Partial<FleetSeen> = {}): FleetSeen => ({
  type: "fleet",
  atMs: 1_000_000,
  total: rows.length,
  online: rows.filter(({ status }) => status === "online").length,
  offline: rows.filter(({ status }) => status === "offline").length,
  offset: null,
  rows,
  ...changes,
});

export const aDoor = (changes: Partial<Door> = {}): Door => ({
  node: "door-1",
  accepted: 12,
  refused: 0,
  queued: 0,
  slots: [{ slot: 0, pid: 4100, state: "live", connections: 7, adopted: 9, restarts: 1 }],
  ...changes,
});
