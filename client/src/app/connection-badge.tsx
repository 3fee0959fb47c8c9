// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
import { useEffect, useState } from "react";
import type { Clock } from "../data/clock";
import type { Feed } from "../data/live-feed";
import type { Connection } from "../data/live-socket";
import { StateDot } from "../ui/state-dot";
import { useReadable } from "../ui/use-readable";
import { isFresh, wordsFor } from "./connection-words";

/** Says at all times how the page stands with the server; more words when it does not stand well. */
export function ConnectionBadge({
  feed,
  clock,
  connection,
}: {
  feed: Feed;
  clock: Clock;
  connection: Connection;
}) {
  const nowMs = useSeconds(clock, !isFresh(connection));
  const complaint = useReadable(feed.complaint);
  const { tone, short, long } = wordsFor(connection, nowMs);
  return (
    <>
      <span className="connection" role="status" data-tone={tone} data-connection={connection.state}>
        <StateDot tone={tone} />
        {short}
      </span>
      {long !== null && (
        <div className="strip" data-tone={tone}>
          <span>{long}</span>
          {connection.state === "lost" && connection.retryAtMs !== null && (
            <button type="button" className="button" onClick={() => feed.retryNow()}>
              Try now
            </button>
          )}
        </div>
      )}
      {complaint !== null && (
        <div className="strip" data-tone="warn" role="alert">
          The server could not do what this page asked: {complaint}
        </div>
      )}
    </>
  );
}

/** The time, moving once a second while `moving`. */
function useSeconds(clock: Clock, moving: boolean): number {
  const [nowMs, setNowMs] = useState(() => clock.now());
  useEffect(() => {
    if (!moving) {
      return undefined;
    }
    let cancel = (): void => {};
    const tick = () => {
      setNowMs(clock.now());
      cancel = clock.after(1000, tick);
    };
    cancel = clock.after(0, tick);
    return () => cancel();
  }, [clock, moving]);
  return nowMs;
}
