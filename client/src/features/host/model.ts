// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
import type { Failure } from "../../data/api";
import { type Host, instancesOf, type Spool, type Values } from "../../data/host";
import type { Gap } from "../../data/series";
import { formatBytes, formatCount } from "../../format/units";

/** Whether the charts' past has been read. */
export type History =
  | Readonly<{ state: "reading" }>
  | Readonly<{ state: "read"; tier: string; gaps: readonly Gap[] }>
  | Readonly<{ state: "failed"; detail: string }>;

/** What the host page knows. */
export type HostPage =
  | Readonly<{ state: "waiting" }>
  | Readonly<{ state: "absent"; detail: string }>
  | Readonly<{ state: "failed"; detail: string }>
  | Readonly<{
      state: "shown";
      host: Host;
      /** Newest values of every series, parts included. */
      values: Values;
      history: History;
    }>;

/** What the server told about the host, over what was known: live descriptions come without facts and parts. */
export function toldHost(page: HostPage, host: Host): HostPage {
  const before = page.state === "shown" ? page : null;
  return {
    state: "shown",
    host: { ...host, facts: host.facts ?? before?.host.facts ?? null },
    values: { ...before?.values, ...host.latest },
    history: before?.history ?? { state: "reading" },
  };
}

/** A request for the host failed: what is on the screen already stays there. */
export function toldFailure(page: HostPage, { kind, detail }: Failure): HostPage {
  if (kind === "absent") {
    return { state: "absent", detail };
  }
  return page.state === "shown" ? page : { state: "failed", detail };
}

export const toldHistory = (page: HostPage, history: History): HostPage =>
  page.state === "shown" ? { ...page, history } : page;

/** A live sample is the newest word on every series it names. */
export function toldSample(page: HostPage, atMs: number, values: Values): HostPage {
  if (page.state !== "shown") {
    return page;
  }
  return { ...page, values, host: { ...page.host, lastSampleAtMs: atMs } };
}

/** What an operator has to know of a spool; null while all is well. */
export function spoolWarning({ state, pending, bytes }: Spool): string | null {
  const waiting = `${formatCount(pending)} ${pending === 1 ? "minute waits" : "minutes wait"} (${formatBytes(bytes)}).`;
  switch (state) {
    case "ok":
      return null;
    case "memory":
      return `The agent cannot write to its disk: what the server has not stored yet is kept in memory, and is lost if the agent ends. ${waiting}`;
    case "dropping":
      return `The agent's spool has reached its bounds: its oldest samples go, and show as gaps. ${waiting}`;
  }
}

/** The space of one mount, or of all. */
export type Mount = Readonly<{ path: string; usedBytes: number; totalBytes: number; share: number }>;

export function mountsOf(values: Values): readonly Mount[] {
  return instancesOf(values, "disk.total").flatMap((path) => {
    const totalBytes = values[`disk.total:${path}`] ?? 0;
    const usedBytes = values[`disk.used:${path}`];
    return usedBytes === undefined || totalBytes <= 0
      ? []
      : [{ path, usedBytes, totalBytes, share: usedBytes / totalBytes }];
  });
}
