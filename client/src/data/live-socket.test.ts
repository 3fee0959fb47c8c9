// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import { fakeWires } from "../testing/fake-wires";
import { HandClock } from "../testing/hand-clock";
import type { LiveMessage } from "./live-message";
import { LiveSocket, liveSocketTimes } from "./live-socket";

function begin(random = () => 1) {
  const clock = new HandClock();
  const { dial, wires, last } = fakeWires();
  const heard: LiveMessage[] = [];
  let opened = 0;
  const socket = new LiveSocket({
    dial,
    clock,
    random,
    onOpen: () => opened++,
    onMessage: (message) => heard.push(message),
  });
  socket.start();
  return {
    clock,
    wires,
    last,
    heard,
    socket,
    opened: () => opened,
    state: () => socket.connection.current(),
  };
}

const complaint = JSON.stringify({ type: "error", message: "no" });

test("connects, is live and delivers messages", () => {
  const { last, heard, opened, state } = begin();
  expect(state()).toEqual({ state: "connecting" });

  last().events.opened();
  last().events.received(complaint);

  expect(state()).toEqual({ state: "live", silentSinceMs: null, unreadable: 0 });
  expect(opened()).toBe(1);
  expect(heard).toEqual([{ type: "error", message: "no" }]);
});

test("says since when it is lost, tries again, and is live again", () => {
  const { clock, wires, last, opened, state } = begin();
  last().events.opened();
  clock.turn(500);
  last().events.closed();
  const sinceMs = clock.now();

  expect(state()).toEqual({ state: "lost", sinceMs, retryAtMs: sinceMs + liveSocketTimes.firstRetryMs });
  clock.turn(liveSocketTimes.firstRetryMs);
  expect(wires).toHaveLength(2);
  expect(state()).toEqual({ state: "lost", sinceMs, retryAtMs: null });

  last().events.opened();
  expect(state().state).toBe("live");
  expect(opened()).toBe(2);
});

test("waits longer after each failure, up to a bound, and keeps the time it was lost", () => {
  const { clock, last, state } = begin();
  const sinceMs = clock.now();
  const pauses = Array.from({ length: 8 }, () => {
    last().events.closed();
    const now = state();
    const pauseMs = now.state === "lost" && now.retryAtMs !== null ? now.retryAtMs - clock.now() : -1;
    clock.turn(pauseMs);
    return pauseMs;
  });

  expect(pauses).toEqual([400, 800, 1600, 3200, 6400, 10_000, 10_000, 10_000]);
  expect(state()).toMatchObject({ state: "lost", sinceMs });
});

test("leaves half of a pause to chance", () => {
  const { clock, last, state } = begin(() => 0);
  last().events.closed();

  expect(state()).toMatchObject({ retryAtMs: clock.now() + liveSocketTimes.firstRetryMs / 2 });
});

test("a connection that opens but never speaks does not count as a success", () => {
  const { clock, last, state } = begin();
  last().events.closed();
  clock.turn(400);
  last().events.opened();
  last().events.closed();

  expect(state()).toMatchObject({ retryAtMs: clock.now() + 800 });
});

test("calls an open connection silent after three seconds, and live when data comes", () => {
  const { clock, last, state } = begin();
  last().events.opened();
  const heardMs = clock.now();
  clock.turn(liveSocketTimes.silentAfterMs);
  expect(state()).toMatchObject({ state: "live", silentSinceMs: heardMs });

  last().events.received(complaint);
  expect(state()).toMatchObject({ state: "live", silentSinceMs: null });
});

test("takes a connection that stays silent for dead, lost since it fell silent", () => {
  const { clock, wires, last, state } = begin();
  last().events.opened();
  const heardMs = clock.now();
  clock.turn(liveSocketTimes.deadAfterMs);

  expect(state()).toMatchObject({ state: "lost", sinceMs: heardMs });
  expect(wires[0]?.isClosed()).toBe(true);
});

test("gives up a dial that does not open", () => {
  const { clock, wires, state } = begin();
  clock.turn(liveSocketTimes.connectTimeoutMs);

  expect(state().state).toBe("lost");
  expect(wires[0]?.isClosed()).toBe(true);
});

test("passes over what it cannot read, counts it and stays", () => {
  const { last, heard, state } = begin();
  last().events.opened();
  last().events.received("{");
  last().events.received(JSON.stringify({ type: "unheard-of" }));

  expect(heard).toEqual([]);
  expect(state()).toMatchObject({ state: "live", unreadable: 2 });
});

test("hears nothing from a wire it has let go of", () => {
  const { clock, wires, heard, last } = begin();
  wires[0]?.events.opened();
  wires[0]?.events.closed();
  clock.turn(400);
  last().events.opened();

  wires[0]?.events.received(complaint);
  wires[0]?.events.closed();

  expect(heard).toEqual([]);
  expect(wires).toHaveLength(2);
});

test("refuses to send while nobody listens", () => {
  const { last, socket } = begin();
  expect(socket.send({ op: "door" })).toBe(false);

  last().events.opened();
  expect(socket.send({ op: "door" })).toBe(true);
  expect(last().sent).toEqual([{ op: "door" }]);
});

test("dials at once when asked to, but only while it waits", () => {
  const { wires, last, socket } = begin();
  socket.retryNow();
  expect(wires).toHaveLength(1);

  last().events.closed();
  socket.retryNow();
  socket.retryNow();
  expect(wires).toHaveLength(2);
});

test("leaves no timer and no wire when stopped", () => {
  const { clock, last, socket, state } = begin();
  last().events.opened();
  socket.stop();

  expect(clock.waiting).toBe(0);
  expect(last().isClosed()).toBe(true);
  expect(state()).toEqual({ state: "connecting" });
});
