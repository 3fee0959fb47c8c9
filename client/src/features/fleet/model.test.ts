// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import { aFleet, aHost } from "../../testing/builders";
import {
  answers,
  choiceAsQuery,
  choiceFrom,
  inHeldOrder,
  rowAt,
  shareOf,
  sortedBy,
  sortKeys,
  windowOver,
} from "./model";

const choice = { sort: "name", order: "asc", filter: "" } as const;
const window = { ...choice, offset: 0, limit: 40 };
const hosts = (...ids: string[]) => ids.map((id) => aHost({ id }));
const idsOf = (rows: readonly { id: string }[]) => rows.map(({ id }) => id);

test("reads a choice from the address and writes it there", () => {
  const read = choiceFrom(new URLSearchParams("sort=cpu.utilization&filter=web"));

  expect(read).toEqual({ sort: "cpu.utilization", order: "desc", filter: "web" });
  expect(choiceAsQuery(read)).toBe("sort=cpu.utilization&order=desc&filter=web");
  expect(choiceAsQuery(choice)).toBe("");
});

test("falls back to names for a sort nobody knows", () => {
  expect(choiceFrom(new URLSearchParams("sort=shoe.size&order=sideways"))).toEqual(choice);
});

test("turns the order of the sorted column, and starts another with its own", () => {
  expect(sortedBy(choice, sortKeys[0]).order).toBe("desc");
  expect(sortedBy(choice, sortKeys[2])).toMatchObject({ sort: "cpu.utilization", order: "desc" });
});

test("keeps the window while it covers what is looked at", () => {
  expect(windowOver(window, 0, 30)).toBe(window);
});

test("moves the window over what is looked at, with a margin, never before the first row", () => {
  expect(windowOver(window, 100, 120)).toMatchObject({ offset: 88, limit: 45 });
  expect(windowOver({ ...window, offset: 50 }, 3, 20)).toMatchObject({ offset: 0, limit: 33 });
});

test("never asks for more than a hundred rows", () => {
  expect(windowOver(window, 0, 5000).limit).toBe(100);
});

test("does not take the answer to an older window for the newest one's", () => {
  const two = hosts("a", "b");

  expect(answers(window, aFleet(two))).toBe(true);
  expect(answers(window, aFleet(two, { total: 200 }))).toBe(false);
  expect(answers({ ...window, offset: 200 }, aFleet([], { total: 200 }))).toBe(true);
  expect(answers(window, aFleet(two, { offset: 0, total: 200 }))).toBe(true);
  expect(answers(window, aFleet(two, { offset: 40 }))).toBe(false);
});

test("held rows keep their places and newcomers take the free ones", () => {
  const held = inHeldOrder(hosts("a", "b", "c"), hosts("c", "d", "a"));

  expect(idsOf(held)).toEqual(["a", "d", "c"]);
});

test("held rows grow and shrink with the list", () => {
  expect(idsOf(inHeldOrder(hosts("a"), hosts("b", "a")))).toEqual(["a", "b"]);
  expect(idsOf(inHeldOrder(hosts("a", "b", "c"), hosts("c")))).toEqual(["c"]);
  expect(inHeldOrder(hosts("a"), [])).toEqual([]);
});

test("finds a row by its place in the whole list", () => {
  const fleet = {
    state: "shown",
    total: 9,
    online: 9,
    offline: 0,
    offset: 5,
    rows: hosts("f", "g"),
  } as const;

  expect(rowAt(fleet, 6)?.id).toBe("g");
  expect(rowAt(fleet, 4)).toBeUndefined();
});

test("a share is told, or follows from its parts, or is not known", () => {
  expect(shareOf({ "memory.utilization": 0.5 }, "memory")).toBe(0.5);
  expect(shareOf({ "disk.used": 1, "disk.total": 4 }, "disk")).toBe(0.25);
  expect(shareOf({ "swap.used": 0, "swap.total": 0 }, "swap")).toBeNull();
  expect(shareOf({}, "disk")).toBeNull();
});
