// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
import { instancesOf, type Values } from "../../data/host";

export type CpuView = "kinds" | "total" | "cores";

/** What the reader chose to see of a host. */
export type ChartChoice = Readonly<{
  cpu: CpuView;
  /** A network interface, or "" for all. */
  network: string;
  /** A disk, or "" for all. */
  disk: string;
}>;

export type PlannedLine = Readonly<{ key: string; label: string }>;

/** One chart: which series, how they are drawn, what the numbers are. */
export type PlannedChart = Readonly<{
  id: "cpu" | "memory" | "load" | "network" | "disk" | "processes";
  title: string;
  unit: "ratio" | "bytes" | "rate" | "load" | "count";
  lines: readonly PlannedLine[];
  /** Drawn one on the other: the parts of a whole. */
  stacked: boolean;
  /** The tops its scale may have; none where it follows the values. */
  tops: readonly number[];
}>;

/** The charts of a host whose newest values are `values`. */
export function chartsFor(values: Values, choice: ChartChoice): readonly PlannedChart[] {
  return [
    cpuChart(values, choice.cpu),
    memoryChart(values),
    {
      id: "load",
      title: "Load",
      unit: "load",
      stacked: false,
      tops: [],
      lines: [
        { key: "load.1m", label: "1 min" },
        { key: "load.5m", label: "5 min" },
        { key: "load.15m", label: "15 min" },
      ],
    },
    pairChart("network", "Network", choice.network, [
      ["network.receive", "Receive"],
      ["network.transmit", "Transmit"],
    ]),
    pairChart("disk", "Disk throughput", choice.disk, [
      ["disk.read", "Read"],
      ["disk.write", "Write"],
    ]),
    {
      id: "processes",
      title: "Processes",
      unit: "count",
      stacked: false,
      tops: [],
      lines: [{ key: "process.count", label: "Processes" }],
    },
  ];
}

function cpuChart(values: Values, view: CpuView): PlannedChart {
  const base = { id: "cpu", title: "CPU", unit: "ratio", tops: [0.2, 0.4, 1] } as const;
  switch (view) {
    case "kinds":
      return {
        ...base,
        stacked: true,
        lines: [
          { key: "cpu.user", label: "User" },
          { key: "cpu.system", label: "System" },
          { key: "cpu.iowait", label: "I/O wait" },
          { key: "cpu.steal", label: "Steal" },
        ],
      };
    case "total":
      return { ...base, stacked: false, lines: [{ key: "cpu.utilization", label: "Total" }] };
    case "cores":
      return {
        ...base,
        stacked: false,
        lines: instancesOf(values, "cpu.utilization").map((core) => ({
          key: `cpu.utilization:${core}`,
          label: `Core ${core}`,
        })),
      };
  }
}

function memoryChart(values: Values): PlannedChart {
  const total = values["memory.total"];
  const swap = (values["swap.total"] ?? 0) > 0 ? [{ key: "swap.used", label: "Swap used" }] : [];
  return {
    id: "memory",
    title: "Memory",
    unit: "bytes",
    stacked: false,
    tops: total === undefined ? [] : [total],
    lines: [{ key: "memory.used", label: "Used" }, { key: "memory.cached", label: "Cached" }, ...swap],
  };
}

function pairChart(
  id: "network" | "disk",
  title: string,
  instance: string,
  measures: readonly (readonly [measure: string, label: string])[],
): PlannedChart {
  return {
    id,
    title,
    unit: "rate",
    stacked: false,
    tops: [],
    lines: measures.map(([measure, label]) => ({
      key: instance === "" ? measure : `${measure}:${instance}`,
      label,
    })),
  };
}

/** The measures to ask the history for; all parts of one where the reader looks at parts. */
export function measuresFor(choice: ChartChoice): readonly string[] {
  const part = (measure: string, instance: string) => (instance === "" ? [] : [`${measure}:${instance}`]);
  return [
    ...["cpu.user", "cpu.system", "cpu.iowait", "cpu.steal", "cpu.utilization"],
    ...["memory.used", "memory.cached", "swap.used", "load.1m", "load.5m", "load.15m"],
    ...["network.receive", "network.transmit", "disk.read", "disk.write", "process.count"],
    ...(choice.cpu === "cores" ? ["cpu.utilization:*"] : []),
    ...part("network.receive", choice.network),
    ...part("network.transmit", choice.network),
    ...part("disk.read", choice.disk),
    ...part("disk.write", choice.disk),
  ];
}
