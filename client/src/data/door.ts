// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
import { z } from "zod";

const count = z.number().nonnegative();

/** One worker's place behind the door. */
export type Slot = Readonly<{
  slot: number;
  pid: number | null;
  state: string;
  connections: number;
  /** Sockets this slot has taken over since the master started. */
  adopted: number;
  restarts: number;
}>;

const slotSchema = z
  .object({
    slot: z.number().int(),
    pid: z.number().int().nullish(),
    state: z.string(),
    connections: count.nullish(),
    adopted: count.nullish(),
    restarts: count.nullish(),
  })
  .transform((wire): Slot => ({
    slot: wire.slot,
    pid: wire.pid ?? null,
    state: wire.state,
    connections: wire.connections ?? 0,
    adopted: wire.adopted ?? 0,
    restarts: wire.restarts ?? 0,
  }));

/** The public port of one node: what it took, what it refused, who is behind it. */
export type Door = Readonly<{
  node: string;
  accepted: number;
  refused: number;
  queued: number;
  slots: readonly Slot[];
}>;

export const doorSchema = z.object({
  node: z.string(),
  accepted: count,
  refused: count,
  queued: count,
  slots: z.array(slotSchema),
});

/** Where a connection from one address goes. */
export type DoorRoute = Readonly<{
  ip: string;
  /** The slot the load bound gives now; null while nobody is behind the door. */
  slot: number | null;
  /** Every slot, the best first, by the hash alone. */
  preference: readonly number[];
}>;

export const doorRouteSchema = z
  .object({ ip: z.string(), slot: z.number().int().nullish(), preference: z.array(z.number().int()) })
  .transform((wire): DoorRoute => ({ ip: wire.ip, slot: wire.slot ?? null, preference: wire.preference }));
