// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
import { act, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { aHost, someFacts } from "../../testing/builders";
import { FakeApi, given, refusal } from "../../testing/fake-api";
import { FakeFeed } from "../../testing/fake-feed";
import { HandClock } from "../../testing/hand-clock";
import { HostView } from "./host-view";

// jsdom has no canvas; what is drawn is seen by the browser test.
vi.mock("../../ui/time-chart", () => ({
  TimeChart: ({ title, children }: { title: string; children: React.ReactNode }) => (
    <figure aria-label={title}>{children}</figure>
  ),
}));

function show(prepare: (api: FakeApi) => void) {
  const feed = new FakeFeed();
  const api = new FakeApi();
  prepare(api);
  render(<HostView hostId="h1" sources={{ feed, api, clock: new HandClock() }} />);
  return { feed, api };
}

test("shows what the machine is", async () => {
  show((api) => (api.hostAnswer = given(aHost({ facts: someFacts() }))));

  expect(await screen.findByRole("heading", { name: "web-01" })).toBeTruthy();
  expect(screen.getByText("Debian GNU/Linux 12 x86_64")).toBeTruthy();
  expect(screen.getByText("4 (2 physical)")).toBeTruthy();
  expect(screen.getByText("2.4 GHz")).toBeTruthy();
  expect(screen.getByText("door-1, 2")).toBeTruthy();
});

test("moves with the live samples, down to each mount", async () => {
  const { feed } = show((api) => (api.hostAnswer = given(aHost())));
  await screen.findByRole("heading", { name: "web-01" });
  act(() =>
    feed.say({
      type: "sample",
      hostId: "h1",
      atMs: 1_000_000,
      values: { "cpu.utilization": 0.5, "disk.total:/": 4, "disk.used:/": 3 },
    }),
  );

  expect(screen.getByRole("meter", { name: "CPU" }).getAttribute("aria-valuetext")).toBe("50 %");
  expect(screen.getByRole("meter", { name: "Space used on /" }).getAttribute("aria-valuetext")).toBe("75 %");
});

test("says that a host is offline and since when", async () => {
  show((api) => (api.hostAnswer = given(aHost({ status: "offline", sinceMs: 940_000 }))));

  expect(await screen.findByText(/Offline since .* \(1 min ago\)/)).toBeTruthy();
});

test("has a clear page for a host nobody knows", async () => {
  show((api) => (api.hostAnswer = refusal("No host has the id h1.", "absent")));

  expect(await screen.findByRole("heading", { name: "No such host" })).toBeTruthy();
  expect(screen.getByText("No host has the id h1.")).toBeTruthy();
});

test("shows the server's sentence when it fails, and tries again on demand", async () => {
  const { api } = show((prepared) => (prepared.hostAnswer = refusal("The registry is away.")));
  expect((await screen.findByRole("alert")).textContent).toBe("The registry is away.");

  api.hostAnswer = given(aHost());
  await userEvent.click(screen.getByRole("button", { name: "Try again" }));
  expect(await screen.findByRole("heading", { name: "web-01" })).toBeTruthy();
});

test("says that the history is missing and shows what comes live", async () => {
  show((api) => {
    api.hostAnswer = given(aHost());
    api.seriesAnswer = refusal("The store does not answer.");
  });

  expect(await screen.findByText(/The store does not answer\./)).toBeTruthy();
  expect(screen.getByRole("figure", { name: "CPU" })).toBeTruthy();
});

test("tells gaps in words, too", async () => {
  show((api) => {
    api.hostAnswer = given(aHost());
    api.seriesAnswer = given({
      tier: "1s",
      fromMs: 0,
      toMs: 1000,
      bucketsMs: [0],
      series: [],
      gaps: [{ fromMs: 0, toMs: 720_000, samples: 720, reason: "damaged" }],
    });
  });

  expect(
    await screen.findByText(/12 min of samples are missing: they were damaged on the agent's disk\./),
  ).toBeTruthy();
});

test("warns of a spool that cannot be written, or is full, while the host is online", async () => {
  const { feed } = show(
    (api) => (api.hostAnswer = given(aHost({ spool: { state: "memory", pending: 1, bytes: 2048 } }))),
  );
  expect(await screen.findByText(/cannot write to its disk.* 1 minute waits \(2 KiB\)/)).toBeTruthy();

  act(() =>
    feed.say({ type: "host", host: aHost({ spool: { state: "dropping", pending: 1440, bytes: 1 << 26 } }) }),
  );
  expect(screen.getByText(/oldest samples go/)).toBeTruthy();

  act(() => feed.say({ type: "host", host: aHost({ spool: { state: "ok", pending: 0, bytes: 0 } }) }));
  expect(screen.queryByText(/oldest samples go/)).toBeNull();
});

test("keeps the range in the address", async () => {
  const { api } = show((prepared) => (prepared.hostAnswer = given(aHost())));
  await userEvent.click(await screen.findByRole("radio", { name: "1 h" }));

  expect(window.location.search).toBe("?range=1h");
  await vi.waitFor(() => expect(api.queries.at(-1)).toMatchObject({ from: "-1h" }));
});
