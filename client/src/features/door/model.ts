// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
import type { Answer } from "../../data/api";
import type { Door, DoorRoute } from "../../data/door";

/** What the door page knows. */
export type DoorPage = Readonly<{ state: "waiting" }> | Readonly<{ state: "shown"; door: Door }>;

/** The question where an address goes, and what came of it. */
export type RouteQuestion =
  | Readonly<{ state: "none" }>
  | Readonly<{ state: "asking"; ip: string }>
  | Readonly<{ state: "answered"; route: DoorRoute }>
  | Readonly<{ state: "refused"; detail: string }>;

export const toldRoute = (answer: Answer<DoorRoute>): RouteQuestion =>
  answer.ok
    ? { state: "answered", route: answer.value }
    : { state: "refused", detail: answer.failure.detail };

/** Where the address goes, in a sentence. */
export function routeSentence({ ip, slot, preference }: DoorRoute): string {
  const [first] = preference;
  if (slot === null || first === undefined) {
    return `No worker is behind the door now; ${ip} waits.`;
  }
  return slot === first
    ? `${ip} goes to slot ${slot}, its first choice.`
    : `${ip} goes to slot ${slot}: its first choice ${first} has more than its share of connections now.`;
}

/** A slot's share of all open connections, for its bar; 0 while there are none. */
export function shareOfConnections(door: Door, connections: number): number {
  const all = door.slots.reduce((sum, slot) => sum + slot.connections, 0);
  return all === 0 ? 0 : connections / all;
}

/** States in which a slot does its work; every other one is worth a colour. */
export const isServing = (state: string): boolean => /^(live|up|ready|serving|running|linked)$/i.test(state);
