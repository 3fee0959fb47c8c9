// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import { httpApi } from "./api";

const { signal } = new AbortController();

const answering = (status: number, body: string) => {
  const asked: unknown[] = [];
  const api = httpApi((path) => {
    asked.push(path);
    return Promise.resolve(new Response(body, { status }));
  });
  return { api, asked };
};

test("reads a route and asks for it by its address", async () => {
  const { api, asked } = answering(200, '{"ip":"::1","slot":2,"preference":[2,0,1],"new":true}');

  expect(await api.doorRoute("::1", signal)).toEqual({
    ok: true,
    value: { ip: "::1", slot: 2, preference: [2, 0, 1] },
  });
  expect(asked).toEqual(["/api/v1/door/route?ip=%3A%3A1"]);
});

test("reads stored series by the keys live samples have", async () => {
  const series = [
    { measure: "load.1m", instance: "", unit: "", avg: [1, null], min: [], max: [] },
    { measure: "disk.read", instance: "sda", unit: "", avg: [null, 2] },
  ];
  const { api, asked } = answering(200, JSON.stringify({ tier: "1s", from: 0, to: 2, t: [0, 1], series }));
  const query = { hostId: "a/b", measures: ["load.1m", "disk.read:*"], from: "-2m", to: "now", points: 100 };

  const answer = await api.series(query, signal);
  expect(answer).toMatchObject({
    ok: true,
    value: { series: [{ key: "load.1m", average: [1, null] }, { key: "disk.read:sda" }] },
  });
  expect(asked).toEqual([
    "/api/v1/hosts/a%2Fb/series?measures=load.1m%2Cdisk.read%3A*&from=-2m&to=now&points=100",
  ]);
});

test.each([
  [404, '{"detail":"No host has the id x."}', "absent", "No host has the id x."],
  [400, '{"title":"Bad address"}', "refused", "Bad address"],
  [502, "<html>", "refused", "The server answered 502 without saying why."],
  [200, "<html>", "refused", "The server's answer has a form this page does not know. Reload the page."],
])("makes a sentence of status %d and body %s", async (status, body, kind, detail) => {
  expect(await answering(status, body).api.host("x", signal)).toEqual({
    ok: false,
    failure: { kind, detail },
  });
});

test("says so when there is no answer at all", async () => {
  const api = httpApi(() => Promise.reject(new TypeError("network")));

  expect(await api.host("x", signal)).toMatchObject({ ok: false, failure: { kind: "unreachable" } });
});
