// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
import { useEffect, useState } from "react";
import type { Api } from "../../data/api";
import type { Clock } from "../../data/clock";
import type { Feed } from "../../data/live-feed";
import { useReadable } from "../../ui/use-readable";
import { HostWatch } from "./host-watch";
import type { HostPage } from "./model";
import type { Range } from "./ranges";

/** What a host page needs from outside. */
export type HostSources = Readonly<{ feed: Feed; api: Api; clock: Clock }>;

/** One host, live while the page is open. A page for another host is another component: give it a key. */
export function useHost(
  sources: HostSources,
  hostId: string,
  range: Range,
  measures: readonly string[],
): readonly [HostPage, HostWatch] {
  const [watch] = useState(() => new HostWatch({ ...sources, hostId, range, measures }));
  useEffect(() => watch.open(), [watch]);
  useEffect(() => watch.show(range, measures), [watch, range, measures]);
  return [useReadable(watch.page), watch];
}
