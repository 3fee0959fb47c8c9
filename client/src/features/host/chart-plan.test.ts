// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import { chartsFor, measuresFor } from "./chart-plan";
import { mountsOf } from "./model";

const choice = { cpu: "kinds", network: "", disk: "" } as const;

test("stacks the kinds of CPU time and draws cores side by side, in their order", () => {
  const values = { "cpu.utilization:10": 0, "cpu.utilization:2": 0 };

  expect(chartsFor(values, choice)[0]).toMatchObject({ id: "cpu", stacked: true });
  expect(chartsFor(values, { ...choice, cpu: "cores" })[0]?.lines.map(({ label }) => label)).toEqual([
    "Core 2",
    "Core 10",
  ]);
});

test("the top of the memory chart is all memory, where that is known", () => {
  expect(chartsFor({ "memory.total": 8 }, choice)[1]?.tops).toEqual([8]);
  expect(chartsFor({}, choice)[1]?.tops).toEqual([]);
});

test("shows swap only where there is some", () => {
  const labels = (total: number) =>
    chartsFor({ "swap.total": total }, choice)[1]?.lines.map(({ label }) => label);

  expect(labels(0)).toEqual(["Used", "Cached"]);
  expect(labels(1)).toEqual(["Used", "Cached", "Swap used"]);
});

test("asks for parts only when the reader looks at parts", () => {
  expect(measuresFor(choice).some((measure) => measure.includes(":"))).toBe(false);
  expect(
    measuresFor({ cpu: "cores", network: "eth0", disk: "sda" }).filter((measure) => measure.includes(":")),
  ).toEqual([
    "cpu.utilization:*",
    "network.receive:eth0",
    "network.transmit:eth0",
    "disk.read:sda",
    "disk.write:sda",
  ]);
});

test("lists mounts whose use is known", () => {
  expect(mountsOf({ "disk.total:/": 4, "disk.used:/": 1, "disk.total:/var": 4 })).toEqual([
    { path: "/", usedBytes: 1, totalBytes: 4, share: 0.25 },
  ]);
});
