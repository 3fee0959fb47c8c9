// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
import { act, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test } from "vitest";
import { aFleet, aHost } from "../testing/builders";
import { FakeApi } from "../testing/fake-api";
import { FakeFeed } from "../testing/fake-feed";
import { HandClock } from "../testing/hand-clock";
import { App } from "./app";
import { wordsFor } from "./connection-words";

beforeEach(() => {
  localStorage.clear();
  delete document.documentElement.dataset["theme"];
});

function show() {
  const feed = new FakeFeed();
  const clock = new HandClock();
  const { container } = render(<App sources={{ feed, api: new FakeApi(), clock }} />);
  const shell = container.firstElementChild;
  return { feed, clock, isFresh: () => shell?.getAttribute("data-fresh") };
}

const badge = () => screen.getAllByRole("status")[0]?.textContent;

test("says how the connection is, and shows what it left behind as stale", () => {
  const { feed, clock, isFresh } = show();
  act(() => feed.say(aFleet([aHost()])));
  expect([badge(), isFresh()]).toEqual(["Live", "true"]);

  act(() => feed.connection.set({ state: "lost", sinceMs: clock.now(), retryAtMs: clock.now() + 4_000 }));
  expect([badge(), isFresh()]).toEqual(["Connection lost", "false"]);
  expect(screen.getByText(/Lost since .* Reconnecting in 4 s\./)).toBeTruthy();
  expect(screen.getByRole("link", { name: "web-01" })).toBeTruthy();

  act(() => feed.connection.set({ state: "live", silentSinceMs: null, unreadable: 0 }));
  expect([badge(), isFresh()]).toEqual(["Live", "true"]);
});

test("counts the seconds of an open connection that brings nothing", () => {
  const { feed, clock, isFresh } = show();
  act(() => feed.connection.set({ state: "live", silentSinceMs: clock.now() - 3_000, unreadable: 0 }));
  act(() => clock.turn(2_000));

  expect([badge(), isFresh()]).toEqual(["No data for 5 s", "false"]);
});

test("tries at once when asked to", async () => {
  const { feed, clock } = show();
  act(() => feed.connection.set({ state: "lost", sinceMs: clock.now(), retryAtMs: clock.now() + 4_000 }));
  await userEvent.click(screen.getByRole("button", { name: "Try now" }));

  expect(feed.retries).toBe(1);
});

test("says when the page is older than the server", () => {
  expect(wordsFor({ state: "live", silentSinceMs: null, unreadable: 2 }, 0).long).toContain("2 messages");
});

test("repeats the server's complaint", () => {
  const { feed } = show();
  act(() => feed.complaint.set("No host has the id x."));

  expect(screen.getByRole("alert").textContent).toContain("No host has the id x.");
});

test("puts the number of offline hosts into the tab", () => {
  const { feed } = show();
  expect(document.title).toBe("Perfload");

  act(() => feed.counts.set({ online: 3, offline: 2 }));
  expect(document.title).toBe("(2) Perfload");
});

test("goes from the system's theme to dark to light, and remembers", async () => {
  show();
  await userEvent.click(screen.getByRole("button", { name: /^Theme: system/ }));
  expect([document.documentElement.dataset["theme"], localStorage.getItem("perfload.theme")]).toEqual([
    "dark",
    "dark",
  ]);

  await userEvent.click(screen.getByRole("button", { name: /^Theme: dark/ }));
  await userEvent.click(screen.getByRole("button", { name: /^Theme: light/ }));
  expect([document.documentElement.dataset["theme"], localStorage.getItem("perfload.theme")]).toEqual([
    undefined,
    null,
  ]);
});

test("has a clear page for an address that leads nowhere", () => {
  window.history.replaceState(null, "", "/nowhere");
  show();

  expect(screen.getByRole("heading", { name: "No such page" })).toBeTruthy();
});
