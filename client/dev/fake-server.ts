// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Plugin } from "vite";
import { type WebSocket, WebSocketServer } from "ws";
import { z } from "zod";
import { factsJson, hostJson, readingsAt, type SyntheticHost, syntheticFleet } from "./synthetic-fleet.ts";

/** Speaks the HTTP and WebSocket contract with a made-up fleet, so that the pages can be built without a server. Never shipped. */
export function fakePerfload(size: number): Plugin {
  const fleet = syntheticFleet(size, Date.now());
  const attach = (
    middlewares: {
      use: (handle: (request: IncomingMessage, response: ServerResponse, next: () => void) => void) => void;
    },
    server: unknown,
  ) => {
    middlewares.use((request, response, next) => {
      if (!answer(fleet, new URL(request.url ?? "/", "http://fake"), response)) {
        next();
      }
    });
    if (isServer(server)) {
      serveLive(fleet, server);
    }
  };
  return {
    name: "fake-perfload",
    apply: (_, { command, isPreview }) => command === "serve" || isPreview === true,
    configureServer: (server) => attach(server.middlewares, server.httpServer),
    configurePreviewServer: (server) => attach(server.middlewares, server.httpServer),
  };
}

const isServer = (server: unknown): server is Server =>
  typeof server === "object" && server !== null && "on" in server && "listen" in server;

const windowSchema = z.object({
  sort: z.string().default("name"),
  order: z.enum(["asc", "desc"]).default("asc"),
  filter: z.string().default(""),
  offset: z.number().default(0),
  limit: z.number().default(40),
});
type Window = z.infer<typeof windowSchema>;

function lookAt(
  fleet: readonly SyntheticHost[],
  { sort, order, filter, offset, limit }: Window,
  nowMs: number,
) {
  const needle = filter.toLowerCase();
  const hosts = fleet
    .filter((host) =>
      [host.name, host.address, ...Object.entries(host.labels).map(([k, v]) => `${k}=${v}`)].some((text) =>
        text.toLowerCase().includes(needle),
      ),
    )
    .map((host) => ({ json: hostJson(host, nowMs), host }));
  const online = hosts.filter(({ host }) => host.offlineSinceMs === null).length;
  const sign = order === "asc" ? 1 : -1;
  hosts.sort((a, b) => {
    if (sort === "name") {
      return sign * a.host.name.localeCompare(b.host.name);
    }
    if (sort === "status") {
      return sign * Number(a.host.offlineSinceMs === null) - sign * Number(b.host.offlineSinceMs === null);
    }
    const gone = Number(a.host.offlineSinceMs !== null) - Number(b.host.offlineSinceMs !== null);
    return gone !== 0 ? gone : sign * ((a.json.latest[sort] ?? 0) - (b.json.latest[sort] ?? 0));
  });
  return {
    total: hosts.length,
    online,
    offline: hosts.length - online,
    rows: hosts.slice(offset, offset + limit).map(({ json }) => json),
  };
}

/** True if the path was one of the API's. */
function answer(fleet: readonly SyntheticHost[], url: URL, response: ServerResponse): boolean {
  const nowMs = Date.now();
  const host = /^\/api\/v1\/hosts\/([^/]+)(\/series)?$/.exec(url.pathname);
  if (host !== null) {
    const found = fleet.find(({ id }) => id === decodeURIComponent(host[1] ?? ""));
    if (found === undefined) {
      problem(response, 404, `No host has the id ${decodeURIComponent(host[1] ?? "")}.`);
    } else if (host[2] === undefined) {
      send(response, 200, { ...hostJson(found, nowMs), facts: factsJson(found) });
    } else {
      send(response, 200, seriesJson(found, url.searchParams, nowMs));
    }
    return true;
  }
  if (url.pathname === "/api/v1/door/route") {
    const ip = url.searchParams.get("ip") ?? "";
    const bytes = ip.split(".").map(Number);
    if (bytes.length !== 4 || bytes.some((byte) => !(byte >= 0 && byte <= 255))) {
      problem(response, 400, `'${ip}' is not an IP address; expected one such as 192.0.2.7 or 2001:db8::7.`);
    } else {
      const first = bytes.reduce((sum, byte) => (sum * 31 + byte) % 9973, 7) % 4;
      const preference = [0, 1, 2, 3].map((i) => (first + i * 3) % 4);
      send(response, 200, { ip, slot: preference[ip.endsWith(".9") ? 1 : 0], preference });
    }
    return true;
  }
  if (url.pathname.startsWith("/api/")) {
    problem(response, 404, `There is nothing at ${url.pathname}.`);
    return true;
  }
  return false;
}

const units = { m: 60_000, h: 3_600_000 } as const;

function seriesJson(host: SyntheticHost, query: URLSearchParams, nowMs: number) {
  const relative = /^-(\d+)([mh])$/.exec(query.get("from") ?? "-2m");
  const spanMs = Number(relative?.[1] ?? 2) * units[relative?.[2] === "h" ? "h" : "m"];
  const points = Number(query.get("points") ?? "1000");
  const stepMs = [1, 10, 60, 600, 3600].map((s) => s * 1000).find((ms) => spanMs / ms <= points) ?? 3_600_000;
  const from = Math.floor((nowMs - spanMs) / stepMs) * stepMs;
  const t = Array.from({ length: Math.floor((nowMs - from) / stepMs) }, (_, i) => from + i * stepMs);
  const lost = (atMs: number) => host.gaps.some(({ from, to }) => atMs >= from && atMs + stepMs <= to);
  const sampled = t.map((atMs) => (lost(atMs) ? null : readingsAt(host, atMs)));
  const wanted = (query.get("measures") ?? "").split(",");
  const known = Object.keys(readingsAt(host, host.offlineSinceMs ?? nowMs - 60_000) ?? {});
  const keys = known.filter((key) =>
    wanted.some((want) => want === key || (want.endsWith(":*") && key.startsWith(want.slice(0, -1)))),
  );
  return {
    tier: stepMs === 1000 ? "1s" : stepMs === 10_000 ? "10s" : "1m",
    from,
    to: nowMs,
    t,
    gaps: host.gaps.filter((gap) => gap.from < nowMs && gap.to > from),
    series: keys.map((key) => {
      const at = key.indexOf(":");
      const avg = sampled.map((values) => values?.[key] ?? null);
      return {
        measure: at < 0 ? key : key.slice(0, at),
        instance: at < 0 ? "" : key.slice(at + 1),
        unit: "",
        avg,
        min: avg,
        max: avg,
      };
    }),
  };
}

function serveLive(fleet: readonly SyntheticHost[], server: Server): void {
  const sockets = new WebSocketServer({ noServer: true });
  server.on("upgrade", (request, socket, head) => {
    if (request.url === "/api/v1/live") {
      sockets.handleUpgrade(request, socket, head, (live) => converse(fleet, live));
    }
  });
}

const requestSchema = z.discriminatedUnion("op", [
  windowSchema.extend({ op: z.literal("fleet") }),
  z.object({ op: z.literal("host"), id: z.string() }),
  z.object({ op: z.literal("door") }),
  z.object({ op: z.literal("stop"), what: z.enum(["fleet", "host", "door"]) }),
]);

function converse(fleet: readonly SyntheticHost[], live: WebSocket): void {
  let window: Window | null = null;
  let host: SyntheticHost | null = null;
  let door = false;
  const say = (message: object) => live.send(JSON.stringify(message));
  const sample = (of: SyntheticHost, atMs: number) => {
    const values = readingsAt(of, atMs);
    if (values !== null) {
      say({ type: "sample", id: of.id, at: atMs, values });
    }
  };
  const sayFleet = () => {
    if (window !== null) {
      say({ type: "fleet", at: Date.now(), ...lookAt(fleet, window, Date.now()) });
    }
  };
  live.on("message", (data) => {
    const request = requestSchema.safeParse(parsed(data));
    if (!request.success) {
      say({ type: "error", message: "The message is no JSON with a known op." });
      return;
    }
    switch (request.data.op) {
      case "fleet":
        window = request.data;
        sayFleet();
        return;
      case "host": {
        const { id } = request.data;
        host = fleet.find((one) => one.id === id) ?? null;
        if (host === null) {
          say({ type: "error", message: `No host has the id ${id}.` });
          return;
        }
        say({ type: "host", host: hostJson(host, Date.now()) });
        const second = Math.floor(Date.now() / 1000);
        for (let back = 120; back >= 0; back--) {
          sample(host, (second - back) * 1000);
        }
        return;
      }
      case "door":
        door = true;
        say({ type: "door", at: Date.now(), ...doorJson(fleet) });
        return;
      case "stop":
        host = request.data.what === "host" ? null : host;
        door = request.data.what === "door" ? false : door;
        window = request.data.what === "fleet" ? null : window;
    }
  });
  const tick = setInterval(() => {
    sayFleet();
    if (host !== null) {
      sample(host, Math.floor(Date.now() / 1000) * 1000);
    }
    if (door) {
      say({ type: "door", at: Date.now(), ...doorJson(fleet) });
    }
  }, 1000);
  live.on("close", () => clearInterval(tick));
}

function parsed(data: unknown): unknown {
  try {
    const json: unknown = JSON.parse(String(data));
    return json;
  } catch {
    return null;
  }
}

function doorJson(fleet: readonly SyntheticHost[]) {
  const second = Math.floor(Date.now() / 1000);
  const online = fleet.filter(({ offlineSinceMs }) => offlineSinceMs === null);
  return {
    node: "door-1",
    accepted: 184_200 + (second % 100_000) * 3,
    refused: 0,
    queued: second % 3,
    slots: [0, 1, 2, 3].map((slot) => ({
      slot,
      pid: 4100 + slot * 17,
      state: slot === 3 && second % 60 < 8 ? "starting" : "live",
      connections: online.filter(({ index }) => index % 4 === slot).length + (second % (slot + 3)),
      adopted: 46_000 + slot * 311 + (second % 100_000),
      restarts: slot === 3 ? 1 : 0,
    })),
  };
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, {
    "content-type": status < 400 ? "application/json" : "application/problem+json",
  });
  response.end(JSON.stringify(body));
}

const problem = (response: ServerResponse, status: number, detail: string) =>
  send(response, status, { type: "about:blank", title: "Not possible", status, detail });
