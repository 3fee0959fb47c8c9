// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
import { z } from "zod";
import { type DoorRoute, doorRouteSchema } from "./door";
import { type Host, hostSchema } from "./host";
import { type StoredSeries, storedSeriesSchema } from "./series";

/** Why a request has no answer to show: `detail` is a sentence for a person. */
export type Failure = Readonly<{ kind: "absent" | "refused" | "unreachable"; detail: string }>;

/** An answer or the reason there is none; requests never throw. */
export type Answer<T> = Readonly<{ ok: true; value: T }> | Readonly<{ ok: false; failure: Failure }>;

export type SeriesQuery = Readonly<{
  hostId: string;
  /** `measure`, `measure:instance` or `measure:*` */
  measures: readonly string[];
  /** Unix milliseconds, or relative to the server's now: `-5m`, `now` */
  from: string;
  to: string;
  points: number;
}>;

/** The HTTP side of the contract, as far as the pages need it. */
export interface Api {
  host(id: string, signal: AbortSignal): Promise<Answer<Host>>;
  series(query: SeriesQuery, signal: AbortSignal): Promise<Answer<StoredSeries>>;
  doorRoute(ip: string, signal: AbortSignal): Promise<Answer<DoorRoute>>;
}

const problemSchema = z.object({ title: z.string().optional(), detail: z.string().optional() });

const answerTimeoutMs = 15_000;

export function httpApi(fetchJson: typeof fetch = (...args) => fetch(...args)): Api {
  const get = async <T>(path: string, schema: z.ZodType<T>, signal: AbortSignal): Promise<Answer<T>> => {
    try {
      const response = await fetchJson(path, {
        headers: { accept: "application/json, application/problem+json" },
        signal: AbortSignal.any([signal, AbortSignal.timeout(answerTimeoutMs)]),
      });
      return response.ok ? await read(response, schema) : await refusal(response);
    } catch {
      return failed(
        "unreachable",
        "The server did not answer. The page tries again when the connection is back.",
      );
    }
  };
  return {
    host: (id, signal) => get(`/api/v1/hosts/${encodeURIComponent(id)}`, hostSchema, signal),
    series: (query, signal) => get(seriesPath(query), storedSeriesSchema, signal),
    doorRoute: (ip, signal) =>
      get(`/api/v1/door/route?${new URLSearchParams({ ip }).toString()}`, doorRouteSchema, signal),
  };
}

function seriesPath({ hostId, measures, from, to, points }: SeriesQuery): string {
  const query = new URLSearchParams({
    measures: measures.join(","),
    from,
    to,
    points: String(points),
  });
  return `/api/v1/hosts/${encodeURIComponent(hostId)}/series?${query.toString()}`;
}

async function read<T>(response: Response, schema: z.ZodType<T>): Promise<Answer<T>> {
  const parsed = schema.safeParse(await json(response));
  return parsed.success
    ? { ok: true, value: parsed.data }
    : failed("refused", "The server's answer has a form this page does not know. Reload the page.");
}

async function refusal<T>(response: Response): Promise<Answer<T>> {
  const problem = problemSchema.safeParse(await json(response));
  const told = problem.success ? (problem.data.detail ?? problem.data.title) : undefined;
  return failed(
    response.status === 404 ? "absent" : "refused",
    told ?? `The server answered ${response.status} without saying why.`,
  );
}

/** The body as JSON, or null where it is something else. */
async function json(response: Response): Promise<unknown> {
  const body = await response.text();
  try {
    const parsed: unknown = JSON.parse(body);
    return parsed;
  } catch {
    return null;
  }
}

const failed = (kind: Failure["kind"], detail: string): Readonly<{ ok: false; failure: Failure }> => ({
  ok: false,
  failure: { kind, detail },
});
