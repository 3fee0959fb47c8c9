// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
import type { Dial, WireEvents } from "../data/live-socket";

/** One dialled connection in the hands of a test. */
export type FakeWire = Readonly<{ events: WireEvents; sent: unknown[]; isClosed: () => boolean }>;

/** Records every dial; the test plays the server. */
export function fakeWires(): Readonly<{ dial: Dial; wires: FakeWire[]; last: () => FakeWire }> {
  const wires: FakeWire[] = [];
  const dial: Dial = (events) => {
    let closed = false;
    const sent: unknown[] = [];
    wires.push({ events, sent, isClosed: () => closed });
    return {
      send: (frame) => sent.push(JSON.parse(frame)),
      close: () => {
        closed = true;
      },
    };
  };
  const last = (): FakeWire => {
    const wire = wires[wires.length - 1];
    if (wire === undefined) {
      throw new Error("nobody dialled");
    }
    return wire;
  };
  return { dial, wires, last };
}
