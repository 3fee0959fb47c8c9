// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
import { Cell } from "../data/cell";
import type { Counts, Feed, FleetWatch } from "../data/live-feed";
import type { DoorSeen, FleetSeen, FleetWindow, HostSeen, SampleSeen } from "../data/live-message";
import type { Connection } from "../data/live-socket";

/** A feed in the hands of a test: records what is asked for, says what it is told to say. */
export class FakeFeed implements Feed {
  readonly connection = new Cell<Connection>({ state: "live", silentSinceMs: null, unreadable: 0 });
  readonly counts = new Cell<Counts | null>(null);
  readonly complaint = new Cell<string | null>(null);
  readonly windows: FleetWindow[] = [];
  readonly hosts: string[] = [];
  retries = 0;
  #beats = new Set<() => void>();
  #seeFleet: ((message: FleetSeen) => void) | null = null;
  #seeHost: ((message: HostSeen | SampleSeen) => void) | null = null;
  #seeDoor: ((message: DoorSeen) => void) | null = null;

  constructor(private readonly nowMs = 1_000_000) {}

  serverNowMs(): number {
    return this.nowMs;
  }

  retryNow(): void {
    this.retries++;
  }

  watchFleet(window: FleetWindow, see: (message: FleetSeen) => void): FleetWatch {
    this.windows.push(window);
    this.#seeFleet = see;
    return { move: (next) => this.windows.push(next), stop: () => (this.#seeFleet = null) };
  }

  watchHost(id: string, see: (message: HostSeen | SampleSeen) => void): () => void {
    this.hosts.push(id);
    this.#seeHost = see;
    return () => (this.#seeHost = null);
  }

  watchDoor(see: (message: DoorSeen) => void): () => void {
    this.#seeDoor = see;
    return () => (this.#seeDoor = null);
  }

  onBeat(beat: () => void): () => void {
    this.#beats.add(beat);
    return () => this.#beats.delete(beat);
  }

  say(message: FleetSeen | HostSeen | SampleSeen | DoorSeen): void {
    switch (message.type) {
      case "fleet":
        this.#seeFleet?.(message);
        this.#beats.forEach((beat) => beat());
        return;
      case "host":
      case "sample":
        this.#seeHost?.(message);
        return;
      case "door":
        this.#seeDoor?.(message);
    }
  }
}
