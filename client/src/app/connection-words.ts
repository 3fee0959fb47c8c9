// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
import type { Connection } from "../data/live-socket";
import { formatClock } from "../format/time";
import { formatDuration } from "../format/units";
import type { Tone } from "../ui/state-dot";

/** How the connection is, for a person. */
export type ConnectionWords = Readonly<{ tone: Tone; short: string; long: string | null }>;

/** Whether what is on the screen is how things are; before the first connection there is nothing yet that could be old. */
export const isFresh = (connection: Connection): boolean =>
  connection.state === "connecting" || (connection.state === "live" && connection.silentSinceMs === null);

export function wordsFor(connection: Connection, nowMs: number): ConnectionWords {
  switch (connection.state) {
    case "connecting":
      return { tone: "none", short: "Connecting…", long: null };
    case "lost":
      return {
        tone: "bad",
        short: "Connection lost",
        long: `Lost since ${formatClock(connection.sinceMs)}; what you see is from then. ${retryWords(connection.retryAtMs, nowMs)}`,
      };
    case "live":
      return connection.silentSinceMs === null
        ? liveWords(connection.unreadable)
        : {
            tone: "warn",
            short: `No data for ${formatDuration((nowMs - connection.silentSinceMs) / 1000)}`,
            long: "The connection is open but the server is silent; what you see is from before.",
          };
  }
}

function retryWords(retryAtMs: number | null, nowMs: number): string {
  if (retryAtMs === null) {
    return "Reconnecting…";
  }
  return `Reconnecting in ${Math.max(1, Math.ceil((retryAtMs - nowMs) / 1000))} s.`;
}

const liveWords = (unreadable: number): ConnectionWords =>
  unreadable === 0
    ? { tone: "good", short: "Live", long: null }
    : {
        tone: "warn",
        short: "Live, in part",
        long: `${unreadable} ${unreadable === 1 ? "message" : "messages"} of the server could not be read: this page may be older than the server. Reload it.`,
      };
