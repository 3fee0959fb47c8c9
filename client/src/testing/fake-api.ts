// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
import type { Answer, Api, SeriesQuery } from "../data/api";
import type { DoorRoute } from "../data/door";
import type { Host } from "../data/host";
import type { StoredSeries } from "../data/series";

/** Answers that a test gives beforehand; what it did not give is refused with a sentence. */
export class FakeApi implements Api {
  readonly queries: SeriesQuery[] = [];
  hostAnswer: Answer<Host> = refusal("No host was prepared.");
  seriesAnswer: Answer<StoredSeries> | Promise<Answer<StoredSeries>> = refusal("No history was prepared.");
  routeAnswer: Answer<DoorRoute> = refusal("No route was prepared.");

  host(): Promise<Answer<Host>> {
    return Promise.resolve(this.hostAnswer);
  }

  series(query: SeriesQuery): Promise<Answer<StoredSeries>> {
    this.queries.push(query);
    return Promise.resolve(this.seriesAnswer);
  }

  doorRoute(): Promise<Answer<DoorRoute>> {
    return Promise.resolve(this.routeAnswer);
  }
}

export const refusal = (detail: string, kind: "absent" | "refused" | "unreachable" = "refused") =>
  ({ ok: false, failure: { kind, detail } }) as const;

export const given = <T>(value: T): Answer<T> => ({ ok: true, value });
