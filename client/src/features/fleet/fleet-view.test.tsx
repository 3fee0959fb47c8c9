// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
import { act, render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { aFleet, aHost } from "../../testing/builders";
import { FakeFeed } from "../../testing/fake-feed";
import { FleetView } from "./fleet-view";

function show() {
  const feed = new FakeFeed();
  render(<FleetView feed={feed} />);
  const say = (...message: Parameters<typeof aFleet>) => act(() => feed.say(aFleet(...message)));
  return { feed, say };
}

const rowOf = (name: string): HTMLElement => screen.getByRole("row", { name: new RegExp(name) });

test("shows each host with its values, and moves with every message", () => {
  const { say } = show();
  say([aHost({ latest: { "cpu.utilization": 0.12, "load.1m": 1.5, uptime: 90_000 } })]);
  expect(within(rowOf("web-01")).getByRole("meter", { name: "CPU" }).getAttribute("aria-valuetext")).toBe(
    "12 %",
  );
  expect(within(rowOf("web-01")).getByText("1.50")).toBeTruthy();
  expect(within(rowOf("web-01")).getByText("1 d 1 h")).toBeTruthy();

  say([aHost({ latest: { "cpu.utilization": 0.99 } })]);
  expect(within(rowOf("web-01")).getByText("99 %")).toBeTruthy();
});

test("links the row to the host's page", () => {
  const { say } = show();
  say([aHost({ id: "a b" })]);

  expect(screen.getByRole("link", { name: "web-01" }).getAttribute("href")).toBe("/hosts/a%20b");
});

test("says plainly that a host is offline, and when it was seen last", () => {
  const { say } = show();
  say([aHost({ status: "offline", lastSampleAtMs: 1_000_000 - 7_200_000 })]);

  expect(rowOf("web-01").dataset["state"]).toBe("offline");
  expect(within(rowOf("web-01")).getByText(/Offline/).textContent).toBe("Offlineseen 2 h 0 min ago");
});

test("marks a host whose worker is silent as stale", () => {
  const { say } = show();
  say([aHost({ stale: true, lastSampleAtMs: 1_000_000 - 9_000 })]);

  expect(within(rowOf("web-01")).getByText(/Stale/).textContent).toBe("Staleseen 9 s ago");
});

test("marks a host whose agent drops samples or cannot write them, while it is online", () => {
  const { say } = show();
  say([aHost({ spool: { state: "dropping", pending: 1440, bytes: 1 << 26 } })]);
  expect(within(rowOf("web-01")).getByText("dropping samples")).toBeTruthy();

  say([aHost({ spool: { state: "memory", pending: 3, bytes: 4096 } })]);
  expect(within(rowOf("web-01")).getByText("spool in memory")).toBeTruthy();

  say([aHost({ status: "offline", spool: { state: "memory", pending: 3, bytes: 4096 } })]);
  expect(within(rowOf("web-01")).queryByText("spool in memory")).toBeNull();
});

test("never shows an unknown value as zero", () => {
  const { say } = show();
  say([aHost({ latest: {} })]);

  expect(within(rowOf("web-01")).getByRole("img", { name: "CPU unknown" }).textContent).toBe("–");
});

test("counts the hosts", () => {
  const { say } = show();
  say([aHost(), aHost({ id: "h2", name: "db-01", status: "offline" })]);

  expect(screen.getByText(/hosts/).textContent).toBe("2 hosts");
  expect(screen.getByText(/offline/).textContent).toBe("1 offline");
});

test("says how to add a machine while there is none", () => {
  const { say } = show();
  say([]);

  expect(screen.getByText(`./perfload agent --server ${window.location.host}`)).toBeTruthy();
});

test("lets the server sort when a column is clicked", async () => {
  const { feed, say } = show();
  say([aHost()]);
  await userEvent.click(screen.getByRole("button", { name: "CPU" }));

  expect(feed.windows.at(-1)).toMatchObject({ sort: "cpu.utilization", order: "desc" });
  expect(screen.getByRole("columnheader", { name: "CPU" }).getAttribute("aria-sort")).toBe("descending");
  expect(window.location.search).toBe("?sort=cpu.utilization&order=desc");
});

test("lets the server filter, and offers the way back when nothing matches", async () => {
  const { feed, say } = show();
  say([aHost()]);
  await userEvent.type(screen.getByRole("searchbox"), "db");
  expect(feed.windows.at(-1)).toMatchObject({ filter: "db" });

  say([]);
  expect(screen.getByText("No host matches “db”.")).toBeTruthy();
  await userEvent.click(screen.getByRole("button", { name: "Show all hosts" }));
  expect(feed.windows.at(-1)).toMatchObject({ filter: "" });
});

test("never asks for the whole list, however long it is", () => {
  const { feed, say } = show();
  const rows = Array.from({ length: 40 }, (_, i) => aHost({ id: `h${i}`, name: `web-${i}` }));
  say(rows, { total: 10_000 });

  expect(screen.getByRole("table").getAttribute("aria-rowcount")).toBe("10001");
  expect(screen.getAllByRole("row").length).toBeLessThan(60);
  expect(Math.max(...feed.windows.map(({ limit }) => limit))).toBeLessThanOrEqual(100);
});
