// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
import { useMemo } from "react";
import { useSearch } from "wouter";
import { navigate } from "wouter/use-browser-location";
import type { Feed } from "../../data/live-feed";
import { formatCount } from "../../format/units";
import { AddMachine } from "./add-machine";
import { FleetList } from "./fleet-list";
import { choiceAsQuery, choiceFrom, type Fleet, type FleetChoice, sortedBy, sortKeys } from "./model";
import { useFleet } from "./use-fleet";

/** Every machine, every second. */
export function FleetView({ feed }: { feed: Feed }) {
  const search = useSearch();
  const choice = useMemo(() => choiceFrom(new URLSearchParams(search)), [search]);
  const [fleet, rows] = useFleet(feed, choice);
  return (
    <main className="page">
      <section className="card fleet" aria-labelledby="fleet-title">
        <header className="card-head">
          <div>
            <h1 id="fleet-title">Overview</h1>
            <Counts fleet={fleet} filtered={choice.filter !== ""} />
          </div>
          <Controls choice={choice} />
        </header>
        <Rows fleet={fleet} choice={choice} feed={feed} rows={rows} />
      </section>
    </main>
  );
}

function choose(choice: FleetChoice): void {
  const query = choiceAsQuery(choice);
  navigate(query === "" ? "/" : `/?${query}`, { replace: true });
}

function Counts({ fleet, filtered }: { fleet: Fleet; filtered: boolean }) {
  if (fleet.state === "waiting") {
    return <p className="muted">Waiting for the first rows…</p>;
  }
  return (
    <p className="muted counts">
      <span>
        <b>{formatCount(fleet.total)}</b> {fleet.total === 1 ? "host" : "hosts"}
        {filtered ? " match" : ""}
      </span>
      <span>
        <b>{formatCount(fleet.online)}</b> online
      </span>
      <span data-tone={fleet.offline > 0 ? "bad" : "none"}>
        <b>{formatCount(fleet.offline)}</b> offline
      </span>
    </p>
  );
}

function Controls({ choice }: { choice: FleetChoice }) {
  return (
    <div className="controls">
      <label className="sort-choice">
        <span className="muted">Sort</span>
        <select
          value={choice.sort}
          onChange={(event) => {
            const key = sortKeys.find((one) => one.key === event.target.value) ?? sortKeys[0];
            choose({ ...choice, sort: key.key, order: key.firstOrder });
          }}
        >
          {sortKeys.map(({ key, name }) => (
            <option key={key} value={key}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <input
        type="search"
        className="filter"
        aria-label="Filter hosts by name, label, address or system"
        placeholder="Filter by name, label, address…"
        value={choice.filter}
        onChange={(event) => choose({ ...choice, filter: event.target.value })}
      />
    </div>
  );
}

function Rows({
  fleet,
  choice,
  feed,
  rows,
}: {
  fleet: Fleet;
  choice: FleetChoice;
  feed: Feed;
  rows: Parameters<typeof FleetList>[0]["rows"];
}) {
  if (fleet.state === "waiting") {
    return <div className="fleet-waiting" aria-hidden="true" />;
  }
  if (fleet.total > 0) {
    return (
      <FleetList
        fleet={fleet}
        rows={rows}
        choice={choice}
        nowMs={feed.serverNowMs()}
        onSort={(key) => choose(sortedBy(choice, key))}
      />
    );
  }
  if (choice.filter === "") {
    return <AddMachine door={window.location.host} />;
  }
  return (
    <div className="empty">
      <p>No host matches “{choice.filter}”.</p>
      <button type="button" className="button" onClick={() => choose({ ...choice, filter: "" })}>
        Show all hosts
      </button>
    </div>
  );
}
