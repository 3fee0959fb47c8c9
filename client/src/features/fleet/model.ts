// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
import type { Host, Values } from "../../data/host";
import type { FleetSeen, FleetWindow } from "../../data/live-message";

/** What the reader chose; lives in the address, so that it can be kept and sent around. */
export type FleetChoice = Readonly<{ sort: string; order: "asc" | "desc"; filter: string }>;

/** What the overview knows. */
export type Fleet =
  | Readonly<{ state: "waiting" }>
  | Readonly<{
      state: "shown";
      /** Hosts that pass the filter, and how many of them are online and offline. */
      total: number;
      online: number;
      offline: number;
      /** The place of the first of {@link rows} in the whole list. */
      offset: number;
      rows: readonly Host[];
    }>;

export type SortKey = Readonly<{ key: string; name: string; firstOrder: "asc" | "desc" }>;

/** What the list can be sorted by; the server knows the keys. */
export const sortKeys = [
  { key: "name", name: "Host", firstOrder: "asc" },
  { key: "status", name: "Status", firstOrder: "asc" },
  { key: "cpu.utilization", name: "CPU", firstOrder: "desc" },
  { key: "memory.utilization", name: "Memory", firstOrder: "desc" },
  { key: "disk.utilization", name: "Disk", firstOrder: "desc" },
  { key: "network.receive", name: "Net in", firstOrder: "desc" },
  { key: "network.transmit", name: "Net out", firstOrder: "desc" },
  { key: "load.1m", name: "Load", firstOrder: "desc" },
  { key: "uptime", name: "Uptime", firstOrder: "asc" },
] as const satisfies readonly SortKey[];

const longestFilter = 200;

export function choiceFrom(query: URLSearchParams): FleetChoice {
  const chosen = sortKeys.find(({ key }) => key === query.get("sort")) ?? sortKeys[0];
  const order = query.get("order");
  return {
    sort: chosen.key,
    order: order === "asc" || order === "desc" ? order : chosen.firstOrder,
    filter: (query.get("filter") ?? "").slice(0, longestFilter),
  };
}

/** The choice as an address says it; what is the default is not said. */
export function choiceAsQuery({ sort, order, filter }: FleetChoice): string {
  const query = new URLSearchParams();
  if (sort !== "name" || order !== "asc") {
    query.set("sort", sort);
    query.set("order", order);
  }
  if (filter !== "") {
    query.set("filter", filter);
  }
  return query.toString();
}

/** A click on a column: the other way round if it is sorted by, else its natural order. */
export function sortedBy(choice: FleetChoice, key: SortKey): FleetChoice {
  const turned = choice.order === "asc" ? "desc" : "asc";
  return { ...choice, sort: key.key, order: choice.sort === key.key ? turned : key.firstOrder };
}

/** Rows asked for beyond the visible ones on either side, so that a little scrolling shows no empty places. */
const margin = 12;
const mostRows = 100;

/** The window that covers rows `first` to `last`; `now` itself while it does. */
export function windowOver(now: FleetWindow, first: number, last: number): FleetWindow {
  if (first >= now.offset && last < now.offset + now.limit) {
    return now;
  }
  const offset = Math.max(0, first - margin);
  return { ...now, offset, limit: Math.min(mostRows, last + 1 + margin - offset) };
}

/** Whether `message` can be the answer to `window`: one for an older window may still be on its way. */
export function answers(window: FleetWindow, message: FleetSeen): boolean {
  if (message.offset !== null) {
    return message.offset === window.offset;
  }
  const places = Math.min(window.limit, Math.max(0, message.total - window.offset));
  return message.rows.length === places;
}

/**
 * The new rows in the old order: hosts that stay keep their place, newcomers take the places that became free. Rows
 * must not jump away under the pointer.
 */
export function inHeldOrder(before: readonly Host[], rows: readonly Host[]): readonly Host[] {
  const arrived = new Map(rows.map((host) => [host.id, host]));
  const places = before.slice(0, rows.length).map(({ id }) => {
    const stayed = arrived.get(id);
    arrived.delete(id);
    return stayed;
  });
  const newcomers = [...arrived.values()];
  const filled = places.map((host) => host ?? newcomers.shift());
  return [...filled, ...newcomers].filter((host) => host !== undefined);
}

/** The row at `index` of the whole list, if the window holds it. */
export const rowAt = (fleet: Fleet, index: number): Host | undefined =>
  fleet.state === "shown" ? fleet.rows[index - fleet.offset] : undefined;

/** Used of all, as the server says or as it follows from the parts; null when unknown. */
export function shareOf(latest: Values, what: "memory" | "disk" | "swap"): number | null {
  const told = latest[`${what}.utilization`];
  if (told !== undefined) {
    return told;
  }
  const used = latest[`${what}.used`];
  const total = latest[`${what}.total`];
  return used === undefined || total === undefined || total <= 0 ? null : used / total;
}
