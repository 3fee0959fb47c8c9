// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import { fakeWires } from "../testing/fake-wires";
import { HandClock } from "../testing/hand-clock";
import { LiveFeed } from "./live-feed";
import type { FleetWindow } from "./live-message";

const look: FleetWindow = { sort: "cpu.utilization", order: "desc", filter: "", offset: 0, limit: 40 };

function begin() {
  const clock = new HandClock();
  const { dial, last } = fakeWires();
  const feed = new LiveFeed({ dial, clock, random: () => 1 });
  feed.start();
  last().events.opened();
  const say = (message: object) => last().events.received(JSON.stringify(message));
  return { clock, feed, last, say };
}

const fleetWire = { type: "fleet", at: 5_000_000, total: 3, online: 2, offline: 1, rows: [] };

test("asks for the counts though no page has a list: they are its sign of life", () => {
  const { feed, last, say } = begin();
  expect(last().sent).toEqual([{ op: "fleet", sort: "name", order: "asc", filter: "", offset: 0, limit: 1 }]);

  say(fleetWire);
  expect(feed.counts.current()).toEqual({ online: 2, offline: 1 });
});

test("asks again for everything the page wants on a new connection", () => {
  const { clock, feed, last } = begin();
  clock.turn(200);
  feed.watchFleet(look, () => {});
  feed.watchHost("h1", () => {});
  feed.watchDoor(() => {});
  last().events.closed();
  clock.turn(400);
  last().events.opened();

  expect(last().sent).toEqual([{ op: "fleet", ...look }, { op: "host", id: "h1" }, { op: "door" }]);
});

test("sends at most ten windows a second, the last one always", () => {
  const { clock, feed, last } = begin();
  clock.turn(200);
  const watch = feed.watchFleet(look, () => {});
  for (let offset = 1; offset <= 50; offset++) {
    watch.move({ ...look, offset });
  }
  clock.turn(100);

  const offsets = last().sent.slice(1);
  expect(offsets).toEqual([
    { op: "fleet", ...look },
    { op: "fleet", ...look, offset: 50 },
  ]);
});

test("hands a host's samples to the page that watches it, and to no other", () => {
  const { feed, last, say } = begin();
  const seen: unknown[] = [];
  const stop = feed.watchHost("h1", (message) => seen.push(message));
  say({ type: "sample", id: "h1", at: 7, values: { "load.1m": 1, "load.5m": null }, extra: true });
  say({ type: "sample", id: "h2", at: 7, values: {} });
  stop();
  say({ type: "sample", id: "h1", at: 8, values: {} });

  expect(seen).toEqual([{ type: "sample", hostId: "h1", atMs: 7, values: { "load.1m": 1 } }]);
  expect(last().sent.slice(-1)).toEqual([{ op: "stop", what: "host" }]);
});

test("knows the server's time from its last word", () => {
  const { clock, feed, say } = begin();
  say(fleetWire);
  clock.turn(1_500);

  expect(feed.serverNowMs()).toBe(5_001_500);
});

test("keeps the whole fleet's counts while a filter is on", () => {
  const { clock, feed, say } = begin();
  say(fleetWire);
  clock.turn(200);
  feed.watchFleet({ ...look, filter: "db" }, () => {});
  say({ ...fleetWire, total: 1, online: 0, offline: 1 });

  expect(feed.counts.current()).toEqual({ online: 2, offline: 1 });
});

test("keeps the server's complaint until the page asks for something else", () => {
  const { feed, say } = begin();
  say({ type: "error", message: "No host has the id x." });
  expect(feed.complaint.current()).toBe("No host has the id x.");

  feed.watchDoor(() => {});
  expect(feed.complaint.current()).toBeNull();
});
