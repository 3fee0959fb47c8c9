// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
import { useEffect, useState } from "react";
import type { Feed } from "../../data/live-feed";
import { useReadable } from "../../ui/use-readable";
import { FleetRows } from "./fleet-rows";
import type { Fleet, FleetChoice } from "./model";

/** The rows for `choice`, live while the page is open. */
export function useFleet(feed: Feed, choice: FleetChoice): readonly [Fleet, FleetRows] {
  const [rows] = useState(() => new FleetRows(feed, choice));
  useEffect(() => rows.open(), [rows]);
  useEffect(() => rows.choose(choice), [rows, choice]);
  return [useReadable(rows.fleet), rows];
}
