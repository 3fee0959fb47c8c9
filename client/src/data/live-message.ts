// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
import { z } from "zod";
import { type Door, doorSchema } from "./door";
import { type Host, hostSchema, type Values, valuesSchema } from "./host";

/** The rows a page looks at; the server sorts and filters, the page never holds the whole list. */
export type FleetWindow = Readonly<{
  sort: string;
  order: "asc" | "desc";
  filter: string;
  offset: number;
  limit: number;
}>;

/** What the browser says. */
export type LiveRequest =
  | Readonly<{ op: "fleet" } & FleetWindow>
  | Readonly<{ op: "host"; id: string }>
  | Readonly<{ op: "door" }>
  | Readonly<{ op: "stop"; what: "fleet" | "host" | "door" }>;

/** The hosts in the window the page asked for, once a second. */
export type FleetSeen = Readonly<{
  type: "fleet";
  /** Server time. */
  atMs: number;
  /** Hosts that pass the filter. */
  total: number;
  online: number;
  offline: number;
  /** Where in the list {@link rows} begin, if the server says so. */
  offset: number | null;
  rows: readonly Host[];
}>;
export type HostSeen = Readonly<{ type: "host"; host: Host }>;
export type SampleSeen = Readonly<{ type: "sample"; hostId: string; atMs: number; values: Values }>;
export type DoorSeen = Readonly<{ type: "door"; atMs: number; door: Door }>;
export type ErrorSeen = Readonly<{ type: "error"; message: string }>;

/** What the server says. */
export type LiveMessage = FleetSeen | HostSeen | SampleSeen | DoorSeen | ErrorSeen;

const time = z.number().nonnegative();
const count = z.number().int().nonnegative();

const liveMessage = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("fleet"),
    at: time,
    total: count,
    online: count,
    offline: count,
    offset: count.nullish(),
    rows: z.array(hostSchema),
  }),
  z.object({ type: z.literal("host"), host: hostSchema }),
  z.object({ type: z.literal("sample"), id: z.string().min(1), at: time, values: valuesSchema }),
  doorSchema.extend({ type: z.literal("door"), at: time }),
  z.object({ type: z.literal("error"), message: z.string() }),
]);

/** Throws on anything that is not a message of the contract; fields it does not know are passed over. */
export function parseLiveMessage(frame: string): LiveMessage {
  const wire = liveMessage.parse(JSON.parse(frame));
  switch (wire.type) {
    case "fleet": {
      const { at, offset, ...rest } = wire;
      return { ...rest, atMs: at, offset: offset ?? null };
    }
    case "host":
    case "error":
      return wire;
    case "sample":
      return { type: "sample", hostId: wire.id, atMs: wire.at, values: wire.values };
    case "door": {
      const { type, at, ...door } = wire;
      return { type, atMs: at, door };
    }
  }
}
