// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
import type { Api } from "../../data/api";
import type { Door, Slot } from "../../data/door";
import type { Feed } from "../../data/live-feed";
import { formatCount, unknown } from "../../format/units";
import { StateDot } from "../../ui/state-dot";
import { isServing, shareOfConnections } from "./model";
import { RouteForm } from "./route-form";
import { useDoor } from "./use-door";

/** The public port: who is behind it, what it took and refused, where an address goes. */
export function DoorView({ feed, api }: { feed: Feed; api: Api }) {
  const page = useDoor(feed);
  return (
    <main className="page">
      <section className="card" aria-labelledby="door-title">
        <header className="card-head">
          <div>
            <h1 id="door-title">Door</h1>
            <p className="muted">
              {page.state === "waiting"
                ? "Waiting for the door’s first counters…"
                : `The public port of ${page.door.node} and the workers behind it.`}
            </p>
          </div>
          {page.state === "shown" && <Totals door={page.door} />}
        </header>
        {page.state === "shown" && <Slots door={page.door} />}
      </section>
      <RouteForm api={api} />
    </main>
  );
}

function Totals({ door }: { door: Door }) {
  const open = door.slots.reduce((sum, { connections }) => sum + connections, 0);
  const totals = [
    ["Open", open, "connections open now"],
    ["Accepted", door.accepted, "connections accepted since the master started"],
    ["Refused", door.refused, "connections closed without a worker since the master started"],
    ["Queued", door.queued, "connections waiting to be handed over now"],
  ] as const;
  return (
    <dl className="totals">
      {totals.map(([name, value, meaning]) => (
        <div key={name} title={meaning}>
          <dt>{name}</dt>
          <dd data-tone={name === "Refused" && value > 0 ? "bad" : "none"}>{formatCount(value)}</dd>
        </div>
      ))}
    </dl>
  );
}

function Slots({ door }: { door: Door }) {
  if (door.slots.length === 0) {
    return (
      <p className="empty">
        No worker is behind the door. New connections wait until one registers with the master.
      </p>
    );
  }
  return (
    <div className="table-scroll">
      <table className="slots">
        <thead>
          <tr>
            <th scope="col">Slot</th>
            <th scope="col">State</th>
            <th scope="col">Connections</th>
            <th scope="col">Adopted</th>
            <th scope="col">Restarts</th>
            <th scope="col">Process</th>
          </tr>
        </thead>
        <tbody>
          {door.slots.map((slot) => (
            <SlotRow key={slot.slot} slot={slot} share={shareOfConnections(door, slot.connections)} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function SlotRow({ slot, share }: { slot: Slot; share: number }) {
  return (
    <tr>
      <th scope="row">{slot.slot}</th>
      <td>
        <span className="state">
          <StateDot tone={isServing(slot.state) ? "good" : "warn"} />
          {slot.state}
        </span>
      </td>
      <td>
        <span className="slot-share">
          <span className="slot-count">{formatCount(slot.connections)}</span>
          <span className="meter-track" aria-hidden="true">
            <span className="meter-bar" style={{ transform: `scaleX(${share.toFixed(4)})` }} />
          </span>
        </span>
      </td>
      <td>{formatCount(slot.adopted)}</td>
      <td>{formatCount(slot.restarts)}</td>
      <td>{slot.pid ?? unknown}</td>
    </tr>
  );
}
