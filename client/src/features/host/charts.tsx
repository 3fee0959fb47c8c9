// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
import { type ReactNode, useEffect, useId, useMemo, useState, useSyncExternalStore } from "react";
import { instancesOf, type Values } from "../../data/host";
import { formatClock, formatTick } from "../../format/time";
import { formatBytes, formatCount, formatLoad, formatRate, formatRatio } from "../../format/units";
import { ChartBoard } from "../../ui/chart-board";
import type { ChartSpec } from "../../ui/chart-drawing";
import { Choice } from "../../ui/choice";
import { TimeChart } from "../../ui/time-chart";
import { type ChartChoice, chartsFor, type PlannedChart } from "./chart-plan";
import type { HostWatch } from "./host-watch";

const cpuViews = [
  { value: "kinds", name: "Kinds" },
  { value: "total", name: "Total" },
  { value: "cores", name: "Cores" },
] as const;

/** The charts of one host: one crosshair, one pause, one drawing a frame. */
export function Charts({
  watch,
  values,
  choice,
  onChoose,
  children,
}: {
  watch: HostWatch;
  values: Values;
  choice: ChartChoice;
  onChoose: (choice: ChartChoice) => void;
  /** What stands above the charts. */
  children: ReactNode;
}) {
  const group = useId();
  const [board] = useState(() => new ChartBoard(group));
  useEffect(() => board.open(), [board]);
  const paused = useSyncExternalStore(board.subscribe, board.paused);
  return (
    <section aria-label="Charts">
      <div className="toolbar">
        {children}
        <button type="button" className="pause" hidden={!paused} onClick={board.resume}>
          Paused while you look
        </button>
      </div>
      <div className="charts">
        {chartsFor(values, choice).map((plan) => (
          <PlannedTimeChart key={plan.id} plan={plan} watch={watch} board={board}>
            <ChartControl id={plan.id} values={values} choice={choice} onChoose={onChoose} />
          </PlannedTimeChart>
        ))}
      </div>
    </section>
  );
}

/** What can be chosen on one chart. */
function ChartControl({
  id,
  values,
  choice,
  onChoose,
}: {
  id: PlannedChart["id"];
  values: Values;
  choice: ChartChoice;
  onChoose: (choice: ChartChoice) => void;
}) {
  switch (id) {
    case "cpu":
      return (
        <Choice
          label="CPU by"
          options={cpuViews}
          chosen={choice.cpu}
          onChoose={(cpu) => onChoose({ ...choice, cpu })}
        />
      );
    case "network":
      return (
        <Part
          label="Interface"
          parts={instancesOf(values, "network.receive")}
          chosen={choice.network}
          onChoose={(network) => onChoose({ ...choice, network })}
        />
      );
    case "disk":
      return (
        <Part
          label="Disk"
          parts={instancesOf(values, "disk.read")}
          chosen={choice.disk}
          onChoose={(disk) => onChoose({ ...choice, disk })}
        />
      );
    case "memory":
    case "load":
    case "processes":
      return null;
  }
}

/** A chart is built anew only when its plan says something else, not with each sample. */
function PlannedTimeChart({
  plan,
  watch,
  board,
  children,
}: {
  plan: PlannedChart;
  watch: HostWatch;
  board: ChartBoard;
  children: ReactNode;
}) {
  const said = JSON.stringify(plan);
  const [kept, setKept] = useState({ said, plan });
  if (kept.said !== said) {
    setKept({ said, plan });
  }
  const spec = useMemo(() => specOf(kept.plan, watch), [kept.plan, watch]);
  return (
    <TimeChart title={kept.plan.title} spec={spec} board={board}>
      {children}
    </TimeChart>
  );
}

function specOf(plan: PlannedChart, watch: HostWatch): ChartSpec {
  const keys = plan.lines.map(({ key }) => key);
  return {
    id: plan.id,
    lines: plan.lines,
    stacked: plan.stacked,
    tops: plan.tops,
    leastTop: leastTops[plan.unit],
    base: plan.unit === "bytes" ? 1024 : 10,
    points: () => watch.window(keys),
    onChange: watch.onChange,
    formatValue: formats[plan.unit],
    formatTime: formatClock,
    formatTick,
  };
}

const leastTops = {
  ratio: 0.2,
  bytes: 1024 ** 2,
  rate: 1000,
  load: 1,
  count: 8,
} as const satisfies Record<PlannedChart["unit"], number>;

const formats = {
  ratio: formatRatio,
  bytes: formatBytes,
  rate: formatRate,
  load: formatLoad,
  count: formatCount,
} as const satisfies Record<PlannedChart["unit"], (value: number | null) => string>;

function Part({
  label,
  parts,
  chosen,
  onChoose,
}: {
  label: string;
  parts: readonly string[];
  chosen: string;
  onChoose: (part: string) => void;
}) {
  return parts.length < 2 && chosen === "" ? null : (
    <select
      className="part"
      aria-label={label}
      value={chosen}
      onChange={(event) => onChoose(event.target.value)}
    >
      <option value="">{`All ${label.toLowerCase()}s`}</option>
      {parts.map((part) => (
        <option key={part} value={part}>
          {part}
        </option>
      ))}
    </select>
  );
}
