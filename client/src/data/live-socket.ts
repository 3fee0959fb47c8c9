// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
import { Cell, type Readable } from "./cell";
import type { Clock } from "./clock";
import { type LiveMessage, type LiveRequest, parseLiveMessage } from "./live-message";

/** How the page stands with the server. */
export type Connection =
  | Readonly<{ state: "connecting" }>
  | Readonly<{
      state: "live";
      /** Since when an open connection brings nothing; null while data flows. */
      silentSinceMs: number | null;
      /** Messages of this connection that did not fit the contract and were passed over. */
      unreadable: number;
    }>
  | Readonly<{
      state: "lost";
      sinceMs: number;
      /** When the next try begins; null while one is under way. */
      retryAtMs: number | null;
    }>;

/** One dialled connection. After {@link close} it reports nothing more. */
export interface Wire {
  send(frame: string): void;
  close(): void;
}

export interface WireEvents {
  opened(): void;
  received(frame: string): void;
  closed(): void;
}

export type Dial = (events: WireEvents) => Wire;

export const liveSocketTimes = {
  /** A dial that has not opened by then is given up. */
  connectTimeoutMs: 5_000,
  /** An open connection that brings nothing for so long is called silent; the server speaks every second. */
  silentAfterMs: 3_000,
  /** Silent for so long, it is taken for dead and dialled again. */
  deadAfterMs: 15_000,
  firstRetryMs: 400,
  longestRetryMs: 10_000,
} as const;

/**
 * The connection to the server as a state machine. It dials, notices silence, gives up and dials again with growing, jittered
 * pauses until {@link stop}. It holds one wire and at most two timers, and queues nothing: what is sent while nobody listens is refused.
 */
export class LiveSocket {
  readonly #connection = new Cell<Connection>({ state: "connecting" });
  readonly #dial: Dial;
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #onOpen: () => void;
  readonly #onMessage: (message: LiveMessage) => void;
  #wire: Wire | null = null;
  #failures = 0;
  #lastHeardMs = 0;
  #cancelTimer = (): void => {};

  constructor(parts: {
    dial: Dial;
    clock: Clock;
    random: () => number;
    onOpen: () => void;
    onMessage: (message: LiveMessage) => void;
  }) {
    this.#dial = parts.dial;
    this.#clock = parts.clock;
    this.#random = parts.random;
    this.#onOpen = parts.onOpen;
    this.#onMessage = parts.onMessage;
  }

  get connection(): Readable<Connection> {
    return this.#connection;
  }

  /** Begins; harmless when begun. */
  start(): void {
    if (this.#wire === null) {
      this.#connect();
    }
  }

  /** Ends; {@link start} begins anew. */
  stop(): void {
    this.#hangUp();
    this.#failures = 0;
    this.#connection.set({ state: "connecting" });
  }

  /** Dials now instead of waiting for the pause to end. */
  retryNow(): void {
    const now = this.#connection.current();
    if (now.state === "lost" && now.retryAtMs !== null) {
      this.#connect();
    }
  }

  /** Tells the server something; false, and nothing is kept, unless the connection is open. */
  send(request: LiveRequest): boolean {
    if (this.#wire === null || this.#connection.current().state !== "live") {
      return false;
    }
    this.#wire.send(JSON.stringify(request));
    return true;
  }

  #connect(): void {
    this.#hangUp();
    const before = this.#connection.current();
    if (before.state === "lost") {
      this.#connection.set({ ...before, retryAtMs: null });
    }
    this.#arm(liveSocketTimes.connectTimeoutMs, () => this.#lose());
    this.#wire = this.#dial(this.#eventsOfThisWire());
  }

  /** Events of a wire that was hung up meanwhile are not ours any more. */
  #eventsOfThisWire(): WireEvents {
    const mine = { current: true };
    this.#disown = () => {
      mine.current = false;
    };
    return {
      opened: () => mine.current && this.#opened(),
      received: (frame) => mine.current && this.#received(frame),
      closed: () => mine.current && this.#lose(),
    };
  }

  #disown = (): void => {};

  #opened(): void {
    this.#lastHeardMs = this.#clock.now();
    this.#connection.set({ state: "live", silentSinceMs: null, unreadable: 0 });
    this.#watchForSilence();
    this.#onOpen();
  }

  #received(frame: string): void {
    const connection = this.#connection.current();
    if (connection.state !== "live") {
      return;
    }
    this.#failures = 0;
    this.#lastHeardMs = this.#clock.now();
    if (connection.silentSinceMs !== null) {
      this.#connection.set({ ...connection, silentSinceMs: null });
    }
    this.#watchForSilence();
    this.#deliver(frame);
  }

  #deliver(frame: string): void {
    let message: LiveMessage;
    try {
      message = parseLiveMessage(frame);
    } catch {
      const connection = this.#connection.current();
      if (connection.state === "live") {
        this.#connection.set({ ...connection, unreadable: connection.unreadable + 1 });
      }
      return;
    }
    this.#onMessage(message);
  }

  #watchForSilence(): void {
    this.#arm(liveSocketTimes.silentAfterMs, () => {
      const connection = this.#connection.current();
      if (connection.state === "live") {
        this.#connection.set({ ...connection, silentSinceMs: this.#lastHeardMs });
        this.#arm(liveSocketTimes.deadAfterMs - liveSocketTimes.silentAfterMs, () => this.#lose());
      }
    });
  }

  #lose(): void {
    this.#hangUp();
    const before = this.#connection.current();
    const pauseMs = this.#nextPauseMs();
    const retryAtMs = this.#clock.now() + pauseMs;
    this.#connection.set({ state: "lost", sinceMs: this.#lostSince(before), retryAtMs });
    this.#arm(pauseMs, () => this.#connect());
  }

  #lostSince(before: Connection): number {
    if (before.state === "lost") {
      return before.sinceMs;
    }
    return before.state === "live" && before.silentSinceMs !== null
      ? before.silentSinceMs
      : this.#clock.now();
  }

  /** Doubles with each failure; the upper half is left to chance, so that many pages do not come back at once. */
  #nextPauseMs(): number {
    const { firstRetryMs, longestRetryMs } = liveSocketTimes;
    const full = Math.min(longestRetryMs, firstRetryMs * 2 ** Math.min(this.#failures++, 10));
    return full * (0.5 + this.#random() / 2);
  }

  #hangUp(): void {
    this.#cancelTimer();
    this.#disown();
    this.#wire?.close();
    this.#wire = null;
  }

  #arm(ms: number, run: () => void): void {
    this.#cancelTimer();
    this.#cancelTimer = this.#clock.after(ms, run);
  }
}
