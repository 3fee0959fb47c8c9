// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
import { Cell, type Readable } from "../../data/cell";
import type { FleetSeen, FleetWindow } from "../../data/live-message";
import type { Feed, FleetWatch } from "../../data/live-feed";
import { answers, type Fleet, type FleetChoice, inHeldOrder, windowOver } from "./model";

const firstRows = 40;

/** The overview's window on the fleet: asks for what is looked at, keeps what came. Holds one window of rows, never the list. */
export class FleetRows {
  readonly #fleet = new Cell<Fleet>({ state: "waiting" });
  readonly #feed: Feed;
  #window: FleetWindow;
  #watch: FleetWatch | null = null;
  #held = false;
  #doubted = false;

  constructor(feed: Feed, choice: FleetChoice) {
    this.#feed = feed;
    this.#window = { ...choice, offset: 0, limit: firstRows };
  }

  get fleet(): Readable<Fleet> {
    return this.#fleet;
  }

  /** Begins to watch; the answer ends it. */
  readonly open = (): (() => void) => {
    const watch = this.#feed.watchFleet(this.#window, (message) => this.#see(message));
    this.#watch = watch;
    return () => {
      watch.stop();
      this.#watch = null;
    };
  };

  choose(choice: FleetChoice): void {
    const { sort, order, filter } = this.#window;
    if (sort !== choice.sort || order !== choice.order || filter !== choice.filter) {
      this.#held = false;
      this.#move({ ...this.#window, ...choice });
    }
  }

  /** Rows `first` to `last` are on the screen. */
  look(first: number, last: number): void {
    const next = windowOver(this.#window, first, last);
    if (next !== this.#window) {
      this.#move(next);
    }
  }

  /** While held, hosts keep their places though the sort would move them; their values go on. */
  hold(held: boolean): void {
    this.#held = held;
  }

  #move(window: FleetWindow): void {
    this.#window = window;
    this.#watch?.move(window);
  }

  #see(message: FleetSeen): void {
    if (!answers(this.#window, message) && !this.#doubted) {
      this.#doubted = true;
      return;
    }
    this.#doubted = false;
    const before = this.#fleet.current();
    const { offset } = this.#window;
    const keepPlaces = this.#held && before.state === "shown" && before.offset === offset;
    this.#fleet.set({
      state: "shown",
      total: message.total,
      online: message.online,
      offline: message.offline,
      offset,
      rows: keepPlaces ? inHeldOrder(before.rows, message.rows) : message.rows,
    });
  }
}
