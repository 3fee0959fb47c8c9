// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
import { useEffect, useState } from "react";
import { useMedia } from "../../ui/use-media";
import { VirtualRows } from "../../ui/virtual-rows";
import type { FleetRows } from "./fleet-rows";
import { HostRow } from "./host-row";
import { type Fleet, type FleetChoice, rowAt, type SortKey, sortKeys } from "./model";

const rowHeight = { wide: 48, narrow: 108 } as const;

/** The table of hosts: only the rows on the screen exist. */
export function FleetList({
  fleet,
  rows,
  choice,
  nowMs,
  onSort,
}: {
  fleet: Extract<Fleet, { state: "shown" }>;
  rows: FleetRows;
  choice: FleetChoice;
  nowMs: number;
  onSort: (key: SortKey) => void;
}) {
  const narrow = useMedia("(max-width: 760px)");
  const [held, setHeld] = useState(false);
  useEffect(() => rows.hold(held), [rows, held]);
  return (
    <div
      className="hosts"
      role="table"
      aria-label="Hosts"
      aria-rowcount={fleet.total + 1}
      data-held={held}
      onPointerEnter={(event) => event.pointerType === "mouse" && setHeld(true)}
      onPointerLeave={() => setHeld(false)}
    >
      <div role="rowgroup" className="hosts-head">
        <div role="row" aria-rowindex={1} className="host-grid">
          {sortKeys.map((key) => (
            <ColumnHead key={key.key} column={key} choice={choice} held={held} onSort={onSort} />
          ))}
        </div>
      </div>
      <VirtualRows
        count={fleet.total}
        rowHeight={narrow ? rowHeight.narrow : rowHeight.wide}
        keyOf={(index) => rowAt(fleet, index)?.id ?? index}
        onLook={(first, last) => rows.look(first, last)}
        row={(index) => <HostRow host={rowAt(fleet, index)} index={index} nowMs={nowMs} />}
      />
    </div>
  );
}

function ColumnHead({
  column,
  choice,
  held,
  onSort,
}: {
  column: SortKey;
  choice: FleetChoice;
  held: boolean;
  onSort: (key: SortKey) => void;
}) {
  const sorted = choice.sort === column.key;
  const direction = choice.order === "asc" ? "ascending" : "descending";
  return (
    <div role="columnheader" aria-sort={sorted ? direction : "none"} data-column={column.key}>
      <button type="button" onClick={() => onSort(column)}>
        {column.name}
        <span className="sort-mark" aria-hidden="true">
          {sorted ? (choice.order === "asc" ? "↑" : "↓") : ""}
        </span>
        {sorted && held && column.key !== "name" && (
          <small
            aria-hidden="true"
            title="Rows keep their places while you point at them; their values go on."
          >
            held
          </small>
        )}
      </button>
    </div>
  );
}
