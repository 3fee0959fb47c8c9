// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
import { Link, Route, Switch } from "wouter";
import type { Api } from "../data/api";
import type { Clock } from "../data/clock";
import type { Feed } from "../data/live-feed";
import { DoorView } from "../features/door/door-view";
import { FleetView } from "../features/fleet/fleet-view";
import { HostView } from "../features/host/host-view";
import { useReadable } from "../ui/use-readable";
import { ConnectionBadge } from "./connection-badge";
import { isFresh } from "./connection-words";
import { Mishap } from "./mishap";
import { ThemeButton } from "./theme-button";
import { useTabSign } from "./tab-sign";

export type Sources = Readonly<{ feed: Feed; api: Api; clock: Clock }>;

/** The page around the pages. What a lost connection left on the screen is shown as stale. */
export function App({ sources }: { sources: Sources }) {
  const { feed, clock } = sources;
  const connection = useReadable(feed.connection);
  useTabSign(useReadable(feed.counts));
  return (
    <div className="shell" data-fresh={isFresh(connection)}>
      <header className="bar">
        <Link href="/" className="brand">
          <svg viewBox="0 0 32 32" aria-hidden="true">
            <path d="M3 18h6l4-11 6 19 4-12 2 4h4" />
          </svg>
          Perfload
        </Link>
        <nav aria-label="Pages">
          <Link href="/" className={navClass}>
            Overview
          </Link>
          <Link href="/door" className={navClass}>
            Door
          </Link>
        </nav>
        <ConnectionBadge feed={feed} clock={clock} connection={connection} />
        <ThemeButton />
      </header>
      <Mishap>
        <Pages sources={sources} />
      </Mishap>
    </div>
  );
}

const navClass = (active: boolean): string => (active ? "nav active" : "nav");

function Pages({ sources }: { sources: Sources }) {
  return (
    <Switch>
      <Route path="/">
        <FleetView feed={sources.feed} />
      </Route>
      <Route path="/hosts/:id">{({ id }) => <HostView key={id} hostId={id} sources={sources} />}</Route>
      <Route path="/door">
        <DoorView feed={sources.feed} api={sources.api} />
      </Route>
      <Route>
        <main className="page">
          <section className="card empty">
            <h1>No such page</h1>
            <p>
              <Link href="/">See all hosts</Link>
            </p>
          </section>
        </main>
      </Route>
    </Switch>
  );
}
