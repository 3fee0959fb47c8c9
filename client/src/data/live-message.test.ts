// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import { parseLiveMessage } from "./live-message";

const bareHost = { id: "h1", name: "web-01", status: "offline" };

test("reads a host of which the server knows little", () => {
  const message = parseLiveMessage(JSON.stringify({ type: "host", host: bareHost }));

  expect(message).toMatchObject({
    host: { id: "h1", status: "offline", stale: false, slot: null, latest: {}, facts: null },
  });
});

test("passes over fields it does not know", () => {
  const message = parseLiveMessage(
    JSON.stringify({
      type: "fleet",
      at: 1,
      total: 1,
      online: 0,
      offline: 1,
      news: [],
      rows: [{ ...bareHost, mood: "calm" }],
    }),
  );

  expect(message).toMatchObject({ type: "fleet", atMs: 1, offset: null, rows: [{ id: "h1" }] });
});

test("reads the door", () => {
  const door = { node: "n", accepted: 1, refused: 2, queued: 3, slots: [{ slot: 0, state: "live" }] };

  expect(parseLiveMessage(JSON.stringify({ type: "door", at: 9, ...door }))).toEqual({
    type: "door",
    atMs: 9,
    door: {
      ...door,
      slots: [{ slot: 0, pid: null, state: "live", connections: 0, adopted: 0, restarts: 0 }],
    },
  });
});

test.each([
  ["no JSON", "{"],
  ["no object", "7"],
  ["an unknown type", '{"type":"party"}'],
  ["a host without a name", JSON.stringify({ type: "host", host: { id: "h1", status: "online" } })],
  ["an unknown status", JSON.stringify({ type: "host", host: { ...bareHost, status: "asleep" } })],
])("refuses %s", (_, frame) => expect(() => parseLiveMessage(frame)).toThrow());
