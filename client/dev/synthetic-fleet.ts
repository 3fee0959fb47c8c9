// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0

/** A made-up fleet to look at the pages with: every value is a pure function of host and second, so history and live agree. */

const GiB = 1024 ** 3;

export type SyntheticHost = Readonly<{
  id: string;
  index: number;
  name: string;
  labels: Record<string, string>;
  address: string;
  cores: number;
  memoryBytes: number;
  diskBytes: number;
  offlineSinceMs: number | null;
  stale: boolean;
  spool: { state: "ok" | "memory" | "dropping"; pending: number; bytes: number };
  /** What it lost; its readings have nothing there. */
  gaps: readonly { from: number; to: number; samples: number; reason: string }[];
  bootedAtMs: number;
}>;

const roles = ["web", "db", "cache", "queue", "build", "edge"];
const sites = ["fra", "iad", "syd"];

export function syntheticFleet(size: number, nowMs: number): SyntheticHost[] {
  return Array.from({ length: size }, (_, index) => {
    const role = roles[index % roles.length] ?? "web";
    const site = sites[Math.floor(index / 7) % sites.length] ?? "fra";
    return {
      id: `00000000-0000-4000-8000-${index.toString(16).padStart(12, "0")}`,
      index,
      name: `${role}-${String(Math.floor(index / roles.length) + 1).padStart(2, "0")}.${site}`,
      labels: { env: index % 5 === 4 ? "staging" : "prod", site },
      address: `10.${Math.floor(index / 65536)}.${Math.floor(index / 256) % 256}.${index % 256}`,
      cores: [4, 8, 16, 2][index % 4] ?? 4,
      memoryBytes: ([8, 16, 64, 4][index % 4] ?? 8) * GiB,
      diskBytes: ([80, 200, 960, 40][index % 4] ?? 80) * GiB,
      offlineSinceMs: index % 67 === 13 ? nowMs - 3_600_000 * ((index % 5) + 1) : null,
      stale: index % 97 === 20,
      spool: spools[index % 31] ?? { state: "ok", pending: 0, bytes: 0 },
      gaps: index % 31 in spools ? gapsBefore(nowMs) : [],
      bootedAtMs: nowMs - 3_000_000 - 86_400_000 * ((index * 7) % 90) - 3_600_000 * (index % 23),
    };
  });
}

/** A few hosts have something to worry about. */
const spools: Record<number, SyntheticHost["spool"]> = {
  3: { state: "memory", pending: 12, bytes: 9_400 },
  8: { state: "dropping", pending: 1440, bytes: 1_180_000 },
};

const gapsBefore = (nowMs: number): SyntheticHost["gaps"] => {
  const minute = Math.floor(nowMs / 60_000) * 60_000;
  return [
    { from: minute - 41 * 60_000, to: minute - 29 * 60_000, samples: 720, reason: "spool-full" },
    { from: minute - 150_000, to: minute - 105_000, samples: 45, reason: "disk-slow" },
  ];
};

/** Smooth noise in 0..1, the same for the same arguments. */
function wave(host: number, series: number, second: number): number {
  const slow = Math.sin(second / (37 + (host % 11)) + host * 1.7 + series);
  const mid = Math.sin(second / (7 + (series % 5)) + host * 0.3 + series * 2.1);
  const jitter = Math.sin(second * 12.9898 + host * 78.233 + series * 37.719) * 43_758.5453;
  return Math.min(1, Math.max(0, 0.5 + slow * 0.26 + mid * 0.12 + (jitter - Math.floor(jitter) - 0.5) * 0.2));
}

/** Every series of a host at one second, or null where nothing was read. */
export function readingsAt(host: SyntheticHost, atMs: number): Record<string, number> | null {
  const second = Math.floor(atMs / 1000);
  if (host.offlineSinceMs !== null && atMs > host.offlineSinceMs) {
    return null;
  }
  if (host.index === 0 && second % 240 < 8) {
    return null; // the first host has a gap now and then
  }
  const noise = (series: number) => wave(host.index, series, second);
  const heat = 0.15 + (((host.index * 37) % 100) / 100) * 0.75;
  const busy = noise(1) * heat;
  const values: Record<string, number> = {
    "cpu.utilization": busy,
    "cpu.user": busy * 0.62,
    "cpu.system": busy * 0.24,
    "cpu.iowait": busy * 0.11,
    "cpu.steal": busy * 0.03,
    "load.1m": busy * host.cores * 1.3,
    "load.5m": heat * host.cores * 0.7,
    "load.15m": heat * host.cores * 0.62,
    "memory.total": host.memoryBytes,
    "memory.used": host.memoryBytes * (0.25 + heat * 0.6 + noise(2) * 0.05),
    "memory.cached": host.memoryBytes * (0.12 + noise(3) * 0.03),
    "memory.available": host.memoryBytes * (0.7 - heat * 0.6),
    "memory.free": host.memoryBytes * 0.05,
    "swap.total": host.index % 3 === 0 ? 2 * GiB : 0,
    "swap.used": host.index % 3 === 0 ? 2 * GiB * noise(4) * 0.2 : 0,
    "network.receive": noise(5) ** 3 * 40e6 * heat,
    "network.transmit": noise(6) ** 3 * 12e6 * heat,
    "disk.read": noise(7) ** 4 * 90e6 * heat,
    "disk.write": noise(8) ** 4 * 60e6 * heat,
    "process.count": Math.round(120 + noise(9) * 30),
    uptime: (atMs - host.bootedAtMs) / 1000,
  };
  for (let core = 0; core < host.cores; core++) {
    values[`cpu.utilization:${core}`] = Math.min(1, wave(host.index, 20 + core, second) * heat * 1.1);
  }
  const full = 0.2 + ((host.index * 29) % 77) / 100;
  const mounts: [string, number][] = [
    ["/", 0.3],
    ["/var", 0.2],
    ["/srv/data", 0.5],
  ];
  values["disk.total"] = host.diskBytes;
  values["disk.used"] = host.diskBytes * full;
  mounts.forEach(([mount, part], i) => {
    values[`disk.total:${mount}`] = host.diskBytes * part;
    values[`disk.used:${mount}`] = host.diskBytes * part * Math.min(0.98, full * (0.8 + i * 0.2));
  });
  for (const [name, part] of [
    ["eth0", 0.8],
    ["eth1", 0.2],
  ] as const) {
    values[`network.receive:${name}`] = (values["network.receive"] ?? 0) * part;
    values[`network.transmit:${name}`] = (values["network.transmit"] ?? 0) * part;
  }
  values["disk.read:nvme0n1"] = values["disk.read"] ?? 0;
  values["disk.write:nvme0n1"] = values["disk.write"] ?? 0;
  return values;
}

/** A host as the API shows it. */
export function hostJson(
  host: SyntheticHost,
  nowMs: number,
): Record<string, unknown> & { latest: Record<string, number> } {
  const atMs = host.offlineSinceMs ?? (host.stale ? nowMs - 9_000 : Math.floor(nowMs / 1000) * 1000);
  const readings = readingsAt(host, atMs) ?? {};
  const latest = Object.fromEntries(Object.entries(readings).filter(([key]) => !key.includes(":")));
  for (const what of ["memory", "swap", "disk"]) {
    const total = latest[`${what}.total`] ?? 0;
    if (total > 0) {
      latest[`${what}.utilization`] = (latest[`${what}.used`] ?? 0) / total;
    }
  }
  return {
    id: host.id,
    name: host.name,
    labels: host.labels,
    status: host.offlineSinceMs === null ? "online" : "offline",
    ...(host.stale ? { stale: true } : {}),
    since: host.offlineSinceMs ?? nowMs - 3_600_000,
    address: host.address,
    node: "door-1",
    slot: host.index % 4,
    lastSampleAt: atMs,
    rttMs: 0.3 + (host.index % 40) / 10,
    clockOffsetMs: (host.index % 9) - 4,
    spool: host.spool,
    latest,
  };
}

export const factsJson = (host: SyntheticHost) => ({
  os: { type: "Linux", name: "Debian GNU/Linux", version: "12 (bookworm)", arch: "x86_64" },
  cpu: {
    model: "AMD EPYC 7763 64-Core Processor",
    physicalCores: host.cores / 2,
    logicalCores: host.cores,
    clockHz: 2_450_000_000,
  },
  memory: { total: host.memoryBytes },
  bootedAt: host.bootedAtMs,
  agent: { version: "0.1.0" },
});
