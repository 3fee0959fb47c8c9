// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
import { expect, test, vi } from "vitest";
import { aFleet, aHost, someFacts } from "../../testing/builders";
import { FakeApi, given, refusal } from "../../testing/fake-api";
import { FakeFeed } from "../../testing/fake-feed";
import { HandClock } from "../../testing/hand-clock";
import { HostWatch } from "./host-watch";
import { ranges } from "./ranges";

const now = 1_000_000;

function begin(api = new FakeApi()) {
  const feed = new FakeFeed(now);
  const clock = new HandClock(now);
  const watch = new HostWatch({ feed, api, clock, hostId: "h1", range: ranges[0], measures: ["load.1m"] });
  const close = watch.open();
  const sample = (atMs: number, load: number) =>
    feed.say({ type: "sample", hostId: "h1", atMs, values: { "load.1m": load } });
  const known = () => {
    const { timesMs, columns } = watch.window(["load.1m"]);
    return timesMs.flatMap((atMs, i) => (columns[0]?.[i] === null ? [] : [[atMs, columns[0]?.[i]]]));
  };
  return { feed, api, clock, watch, close, sample, known, page: () => watch.page.current() };
}

const history = given({
  tier: "1s",
  fromMs: 990_000,
  toMs: now,
  bucketsMs: [997_000, 998_000, 999_000],
  series: [{ key: "load.1m", average: [7, 8, 9] }],
  gaps: [{ fromMs: 991_000, toMs: 996_000, samples: 5, reason: "spool-full" }],
});

test("lays live samples that came first over the history that came later", async () => {
  const api = new FakeApi();
  api.hostAnswer = given(aHost({ facts: someFacts() }));
  let answer: (answer: typeof history) => void = () => {};
  api.seriesAnswer = new Promise((resolve) => (answer = resolve));
  const { feed, sample, known, page } = begin(api);
  await vi.waitFor(() => expect(feed.hosts).toEqual(["h1"]));
  sample(999_000, 9);
  sample(1_000_000, 10);
  answer(history);
  await vi.waitFor(() => expect(page()).toMatchObject({ history: { state: "read" } }));

  expect(known()).toEqual([
    [997_000, 7],
    [998_000, 8],
    [999_000, 9],
    [1_000_000, 10],
  ]);
  expect(api.queries).toMatchObject([{ hostId: "h1", from: "-2m", to: "now" }]);
});

test("marks what is missing on every chart", async () => {
  const api = new FakeApi();
  api.hostAnswer = given(aHost());
  api.seriesAnswer = history;
  const { watch, page } = begin(api);
  expect(watch.window(["load.1m"]).marks).toEqual([]);
  await vi.waitFor(() => expect(page()).toMatchObject({ history: { state: "read" } }));

  expect(watch.window(["load.1m"]).marks).toEqual([
    { fromMs: 991_000, toMs: 996_000, text: "5 s of samples are missing: the agent's spool was full." },
  ]);
});

test("shows what comes live when the history cannot be read", async () => {
  const api = new FakeApi();
  api.hostAnswer = given(aHost());
  api.seriesAnswer = refusal("The store is away.");
  const { sample, known, page } = begin(api);
  await vi.waitFor(() =>
    expect(page()).toMatchObject({ history: { state: "failed", detail: "The store is away." } }),
  );
  sample(1_000_000, 3);

  expect(known()).toEqual([[1_000_000, 3]]);
});

test("knows a host that is not there", async () => {
  const api = new FakeApi();
  api.hostAnswer = refusal("No host has the id h1.", "absent");
  const { feed, page } = begin(api);

  await vi.waitFor(() => expect(page()).toEqual({ state: "absent", detail: "No host has the id h1." }));
  expect(feed.hosts).toEqual([]);
});

test("keeps the facts when a live description comes without them", async () => {
  const api = new FakeApi();
  api.hostAnswer = given(aHost({ facts: someFacts() }));
  const { feed, page } = begin(api);
  await vi.waitFor(() => expect(page()).toMatchObject({ host: { facts: someFacts() } }));
  feed.say({ type: "host", host: aHost({ status: "offline" }) });

  expect(page()).toMatchObject({ host: { status: "offline", facts: someFacts() } });
});

test("asks for the past anew when the connection is back", async () => {
  const api = new FakeApi();
  api.hostAnswer = given(aHost());
  api.seriesAnswer = history;
  const { feed, page } = begin(api);
  await vi.waitFor(() => expect(page()).toMatchObject({ history: { state: "read" } }));
  feed.connection.set({ state: "lost", sinceMs: now, retryAtMs: null });
  feed.connection.set({ state: "live", silentSinceMs: null, unreadable: 0 });

  await vi.waitFor(() => expect(api.queries).toHaveLength(2));
});

test("asks for another range and keeps the live samples at hand", async () => {
  const api = new FakeApi();
  api.hostAnswer = given(aHost());
  api.seriesAnswer = refusal("No.");
  const { watch, sample, known, page } = begin(api);
  await vi.waitFor(() => expect(page()).toMatchObject({ history: { state: "failed" } }));
  sample(1_000_000, 3);
  watch.show(ranges[1], ["load.1m"]);

  await vi.waitFor(() => expect(api.queries.at(-1)).toMatchObject({ from: "-5m" }));
  expect(known()).toEqual([[1_000_000, 3]]);
});

test("moves the charts of a silent host on while the server speaks", async () => {
  const { feed, clock, watch, sample } = begin();
  await vi.waitFor(() => expect(feed.hosts).toEqual(["h1"]));
  const changed = vi.fn();
  watch.onChange(changed);
  sample(1_000_000, 1);
  clock.turn(5_000);
  changed.mockClear();
  feed.say(aFleet([]));

  expect(changed).toHaveBeenCalledOnce();
  expect(watch.window(["load.1m"]).toMs).toBe(1_005_000);
});

test("does not take a repeated old sample for the newest values", async () => {
  const api = new FakeApi();
  api.hostAnswer = given(aHost());
  const { sample, page } = begin(api);
  await vi.waitFor(() => expect(page().state).toBe("shown"));
  sample(1_000_000, 5);
  sample(990_000, 1);

  expect(page()).toMatchObject({ values: { "load.1m": 5 } });
});
