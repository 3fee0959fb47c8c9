// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
import { Cell, type Readable } from "./cell";
import type { Clock } from "./clock";
import type {
  DoorSeen,
  FleetSeen,
  FleetWindow,
  HostSeen,
  LiveMessage,
  LiveRequest,
  SampleSeen,
} from "./live-message";
import { type Connection, type Dial, LiveSocket } from "./live-socket";

/** How many hosts there are, as of the last word from the server. */
export type Counts = Readonly<{ online: number; offline: number }>;

/** A page's window on the fleet. */
export interface FleetWatch {
  move(window: FleetWindow): void;
  stop(): void;
}

/** What pages read from the live feed. */
export interface Feed {
  readonly connection: Readable<Connection>;
  /** Of the whole fleet; null until known. */
  readonly counts: Readable<Counts | null>;
  /** The last complaint of the server about what this page asked; null when there is none. */
  readonly complaint: Readable<string | null>;
  /** The server's time now, by this device's clock and what the last message said. */
  serverNowMs(): number;
  retryNow(): void;
  watchFleet(window: FleetWindow, see: (message: FleetSeen) => void): FleetWatch;
  watchHost(id: string, see: (message: HostSeen | SampleSeen) => void): () => void;
  watchDoor(see: (message: DoorSeen) => void): () => void;
  /** Calls back about once a second while the server speaks. */
  onBeat(beat: () => void): () => void;
}

/** What a page without a list asks for: the counts, and a sign of life each second. */
const heartbeat: FleetWindow = { sort: "name", order: "asc", filter: "", offset: 0, limit: 1 };

/** A page scrolled fast asks for at most ten windows a second; the last one always goes out. */
const windowPauseMs = 100;

/** Remembers what the open page wants and asks for it again on every new connection. One watch of each kind at a time: the newest wins. */
export class LiveFeed implements Feed {
  readonly counts = new Cell<Counts | null>(null);
  readonly complaint = new Cell<string | null>(null);
  readonly #socket: LiveSocket;
  readonly #clock: Clock;
  readonly #beats = new Set<() => void>();
  #serverAheadMs = 0;
  #window = heartbeat;
  #windowSentMs = Number.NEGATIVE_INFINITY;
  #windowWaits = false;
  #seeFleet: ((message: FleetSeen) => void) | null = null;
  #hostId: string | null = null;
  #seeHost: ((message: HostSeen | SampleSeen) => void) | null = null;
  #seeDoor: ((message: DoorSeen) => void) | null = null;

  constructor(parts: { dial: Dial; clock: Clock; random: () => number }) {
    this.#clock = parts.clock;
    this.#socket = new LiveSocket({
      ...parts,
      onOpen: () => this.#askAgain(),
      onMessage: (message) => this.#route(message),
    });
  }

  get connection(): Readable<Connection> {
    return this.#socket.connection;
  }

  start(): void {
    this.#socket.start();
  }

  stop(): void {
    this.#socket.stop();
  }

  retryNow(): void {
    this.#socket.retryNow();
  }

  serverNowMs(): number {
    return this.#clock.now() + this.#serverAheadMs;
  }

  onBeat(beat: () => void): () => void {
    this.#beats.add(beat);
    return () => this.#beats.delete(beat);
  }

  watchFleet(window: FleetWindow, see: (message: FleetSeen) => void): FleetWatch {
    this.#seeFleet = see;
    this.#look(window);
    return {
      move: (next) => {
        if (this.#seeFleet === see) {
          this.#look(next);
        }
      },
      stop: () => {
        if (this.#seeFleet === see) {
          this.#seeFleet = null;
          this.#look(heartbeat);
        }
      },
    };
  }

  watchHost(id: string, see: (message: HostSeen | SampleSeen) => void): () => void {
    this.#hostId = id;
    this.#seeHost = see;
    this.#ask({ op: "host", id });
    return () => {
      if (this.#seeHost === see) {
        this.#hostId = null;
        this.#seeHost = null;
        this.#ask({ op: "stop", what: "host" });
      }
    };
  }

  watchDoor(see: (message: DoorSeen) => void): () => void {
    this.#seeDoor = see;
    this.#ask({ op: "door" });
    return () => {
      if (this.#seeDoor === see) {
        this.#seeDoor = null;
        this.#ask({ op: "stop", what: "door" });
      }
    };
  }

  #look(window: FleetWindow): void {
    this.#window = window;
    if (this.#windowWaits) {
      return;
    }
    const waitMs = this.#windowSentMs + windowPauseMs - this.#clock.now();
    if (waitMs <= 0) {
      this.#sendWindow();
      return;
    }
    this.#windowWaits = true;
    this.#clock.after(waitMs, () => {
      this.#windowWaits = false;
      this.#sendWindow();
    });
  }

  #sendWindow(): void {
    this.#windowSentMs = this.#clock.now();
    this.#ask({ op: "fleet", ...this.#window });
  }

  #askAgain(): void {
    this.#sendWindow();
    if (this.#hostId !== null) {
      this.#ask({ op: "host", id: this.#hostId });
    }
    if (this.#seeDoor !== null) {
      this.#ask({ op: "door" });
    }
  }

  #ask(request: LiveRequest): void {
    this.complaint.set(null);
    this.#socket.send(request);
  }

  #route(message: LiveMessage): void {
    switch (message.type) {
      case "fleet":
        this.#fleet(message);
        return;
      case "host":
        if (message.host.id === this.#hostId) {
          this.#seeHost?.(message);
        }
        return;
      case "sample":
        if (message.hostId === this.#hostId) {
          this.#seeHost?.(message);
        }
        return;
      case "door":
        this.#seeDoor?.(message);
        return;
      case "error":
        this.complaint.set(message.message);
    }
  }

  #fleet(message: FleetSeen): void {
    this.#serverAheadMs = message.atMs - this.#clock.now();
    if (this.#window.filter === "") {
      this.#count(message);
    }
    this.#seeFleet?.(message);
    for (const beat of [...this.#beats]) {
      beat();
    }
  }

  #count({ online, offline }: Counts): void {
    const before = this.counts.current();
    if (before?.online !== online || before.offline !== offline) {
      this.counts.set({ online, offline });
    }
  }
}
