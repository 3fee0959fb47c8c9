// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
import { useEffect, useState } from "react";
import type { Feed } from "../../data/live-feed";
import type { DoorPage } from "./model";

/** The door's counters, live while the page is open. */
export function useDoor(feed: Feed): DoorPage {
  const [page, setPage] = useState<DoorPage>({ state: "waiting" });
  useEffect(() => feed.watchDoor(({ door }) => setPage({ state: "shown", door })), [feed]);
  return page;
}
