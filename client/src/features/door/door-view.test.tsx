// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
import { act, render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { aDoor } from "../../testing/builders";
import { FakeApi, given, refusal } from "../../testing/fake-api";
import { FakeFeed } from "../../testing/fake-feed";
import { DoorView } from "./door-view";
import { isServing, routeSentence } from "./model";

function show() {
  const feed = new FakeFeed();
  const api = new FakeApi();
  render(<DoorView feed={feed} api={api} />);
  return { feed, api, say: (door = aDoor()) => act(() => feed.say({ type: "door", atMs: 1, door })) };
}

const ask = async (ip: string) => {
  await userEvent.type(screen.getByRole("textbox", { name: "IP address" }), ip);
  await userEvent.click(screen.getByRole("button", { name: "Find its slot" }));
};

test("shows each slot and moves with the feed", () => {
  const { say } = show();
  say();
  const row = screen.getByRole("row", { name: /4100/ });
  expect(
    within(row)
      .getAllByRole("cell")
      .map(({ textContent }) => textContent),
  ).toEqual(["live", "7", "9", "1", "4100"]);

  say(aDoor({ accepted: 4_321 }));
  expect(screen.getByText("4 321")).toBeTruthy();
});

test("says what happens while nobody is behind the door", () => {
  const { say } = show();
  say(aDoor({ slots: [] }));

  expect(screen.getByText(/No worker is behind the door/)).toBeTruthy();
});

test("tells where an address goes, with the order of preference", async () => {
  const { api } = show();
  api.routeAnswer = given({ ip: "192.0.2.7", slot: 1, preference: [1, 0, 2] });
  await ask("192.0.2.7");

  expect(await screen.findByText("192.0.2.7 goes to slot 1, its first choice.")).toBeTruthy();
  expect(
    within(screen.getByRole("list"))
      .getAllByRole("listitem")
      .map(({ textContent }) => textContent),
  ).toEqual(["1", "0", "2"]);
});

test("shows the server's sentence for an address it cannot read", async () => {
  const { api } = show();
  api.routeAnswer = refusal("'nonsense' is not an IP address.");
  await ask("nonsense");

  expect((await screen.findByRole("alert")).textContent).toBe("'nonsense' is not an IP address.");
});

test("explains a slot that is not the first choice, and none", () => {
  expect(routeSentence({ ip: "a", slot: 2, preference: [1, 2] })).toBe(
    "a goes to slot 2: its first choice 1 has more than its share of connections now.",
  );
  expect(routeSentence({ ip: "a", slot: null, preference: [] })).toBe(
    "No worker is behind the door now; a waits.",
  );
});

test("knows a serving slot from one that is not", () => {
  expect([isServing("live"), isServing("LIVE"), isServing("draining"), isServing("dead")]).toEqual([
    true,
    true,
    false,
    false,
  ]);
});
