// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
//
// A real browser at a running Perfload with at least one host online:
//   PERFLOAD_URL          where it answers, such as http://127.0.0.1:8000
//   CHROMIUM              the browser, by default /usr/bin/chromium
//   PERFLOAD_SCREENSHOTS  a directory for pictures; none are taken without it
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { CuttableLink } from "./cuttable-link";

const target = process.env["PERFLOAD_URL"];
if (target === undefined) {
  throw new Error(
    "PERFLOAD_URL is not set: the address of a running Perfload, such as http://127.0.0.1:8000",
  );
}
const link = new CuttableLink(new URL(target));
const patience = 20_000;
const mishaps: string[] = [];
let browser: Browser;
let page: Page;

beforeAll(async () => {
  await link.heal();
  browser = await chromium.launch({
    executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
  });
  page = await open({ width: 1440, height: 900 }, "dark");
});

afterAll(async () => {
  await browser.close();
  await link.cut();
});

async function open(
  viewport: { width: number; height: number },
  colorScheme: "dark" | "light",
): Promise<Page> {
  const context = await browser.newContext({ viewport, colorScheme, reducedMotion: "reduce" });
  const opened = await context.newPage();
  opened.setDefaultTimeout(patience);
  opened.on("pageerror", (error) => mishaps.push(error.message));
  return opened;
}

const onlineRow = '.host-row[data-state="online"]';
const chart = (id: string) => `[data-chart="${id}"]`;

const connectionSays = (words: RegExp) =>
  page.locator("[data-connection]").filter({ hasText: words }).waitFor();

/** What a chart says of itself: how many points it has, and from when to when. */
async function drawn(id: string): Promise<{ points: number; firstMs: number; lastMs: number }> {
  const [points, firstTime, lastTime] = await page
    .locator(chart(id))
    .evaluate(({ dataset }) => [dataset["points"], dataset["firstTime"], dataset["lastTime"]]);
  return { points: Number(points), firstMs: Number(firstTime), lastMs: Number(lastTime) };
}

const movesPast = (id: string, lastMs: number) =>
  page.waitForFunction(
    ([selector, ms]) => Number(document.querySelector<HTMLElement>(selector)?.dataset["lastTime"]) > ms,
    [chart(id), lastMs] as const,
  );

test("an overview row changes by itself", async () => {
  await page.goto(`${link.url}/?sort=cpu.utilization&order=desc`);
  const id = await page.locator(onlineRow).first().getAttribute("data-host");
  const row = `[data-host="${id ?? ""}"]`;
  const before = await page.locator(row).innerText();

  await page.waitForFunction(
    ([selector, text]) => {
      const now = document.querySelector<HTMLElement>(selector)?.innerText;
      return now !== undefined && now !== text;
    },
    [row, before] as const,
  );
  await connectionSays(/^Live$/);
});

test("the row leads to the host's page", async () => {
  const row = page.locator(onlineRow).first();
  const name = await row.locator("a").innerText();
  await row.locator("a").click();

  await page.getByRole("heading", { level: 1, name, exact: true }).waitFor();
  expect(new URL(page.url()).pathname).toMatch(/^\/hosts\/.+/);
});

const storedSchema = z.object({
  t: z.array(z.number()),
  series: z.array(z.object({ avg: z.array(z.number().nullable()) })),
});

test("the charts draw stored points and go on live", async () => {
  const path = new URL(page.url()).pathname;
  const response = await fetch(
    new URL(`/api/v1${path}/series?measures=cpu.utilization&from=-2m&to=now`, target),
  );
  const stored = storedSchema.parse(await response.json());
  const storedTimes = stored.t.filter((_, i) => typeof stored.series[0]?.avg[i] === "number");
  expect(storedTimes.length, "stored points of the last two minutes").toBeGreaterThan(0);

  await page.goto(`${link.url}${path}?range=2m`);
  await page.getByText("Reading history…").waitFor({ state: "detached" });
  await page.waitForFunction(
    ([selector, ms]) => {
      const { points, firstTime } = document.querySelector<HTMLElement>(selector)?.dataset ?? {};
      return Number(points) > 0 && Number(firstTime) <= ms;
    },
    // the oldest stored point may leave the window while the page loads
    [chart("cpu"), (storedTimes[0] ?? 0) + 30_000] as const,
  );
  const first = await drawn("cpu");
  expect(first.points).toBeLessThanOrEqual(122);

  await movesPast("cpu", first.lastMs + 1_500);
  const later = await drawn("cpu");
  expect(later.points, "a second is never drawn twice").toBeLessThanOrEqual(
    (later.lastMs - later.firstMs) / 1000 + 1,
  );
});

test("the lines are really on the canvas", async () => {
  for (const id of ["cpu", "memory", "load"]) {
    const painted = await page.locator(`${chart(id)} canvas`).evaluate((canvas) => {
      if (!(canvas instanceof HTMLCanvasElement)) {
        return 0;
      }
      const hue = getComputedStyle(canvas).getPropertyValue("--hue-0").trim();
      const want = [1, 3, 5].map((at) => Number.parseInt(hue.slice(at, at + 2), 16));
      const { data } = canvas.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height) ?? {
        data: [],
      };
      let count = 0;
      for (let i = 0; i < data.length; i += 4) {
        const near = want.every((part, c) => Math.abs((data[i + c] ?? 0) - part) < 24);
        count += near && (data[i + 3] ?? 0) > 80 ? 1 : 0;
      }
      return count;
    });
    expect(painted, `pixels in the colour of the first line of ${id}`).toBeGreaterThan(20);
  }
});

test("pointing at a chart pauses all of them, leaving goes on", async () => {
  await page.locator(`${chart("cpu")} .u-over`).hover();
  await page.getByRole("button", { name: "Paused while you look" }).waitFor();
  await page.locator(`${chart("cpu")} .tip`).waitFor();
  const { lastMs } = await drawn("load");

  await page.getByRole("link", { name: "Perfload" }).hover();
  await movesPast("load", lastMs);
});

test("a lost connection is said, shown as stale, and heals", async () => {
  await link.cut();
  await connectionSays(/^Connection lost$/);
  await page.getByText(/Lost since/).waitFor();
  expect(await page.locator(".shell").getAttribute("data-fresh")).toBe("false");
  const { lastMs, points } = await drawn("cpu");
  expect(points, "what was drawn stays").toBeGreaterThan(0);

  await link.heal();
  await connectionSays(/^Live$/);
  await movesPast("cpu", lastMs);
  expect(await page.locator(".shell").getAttribute("data-fresh")).toBe("true");
});

test("a connection that is open but silent is said, and heals", async () => {
  link.hush(true);
  await connectionSays(/^No data for \d+ s$/);
  link.hush(false);
  await connectionSays(/^Live$/);
});

test("the door shows its slots and where an address goes", async () => {
  await page.goto(`${link.url}/door`);
  await page.locator(".slots tbody tr").first().waitFor();
  await page.getByRole("textbox", { name: "IP address" }).fill("192.0.2.7");
  await page.getByRole("button", { name: "Find its slot" }).click();
  await page.getByText(/^192\.0\.2\.7 goes to slot \d+/).waitFor();

  await page.getByRole("textbox", { name: "IP address" }).fill("nonsense");
  await page.getByRole("button", { name: "Find its slot" }).click();
  expect((await page.getByRole("alert").innerText()).length).toBeGreaterThan(10);
});

test("an unknown host has a clear page", async () => {
  await page.goto(`${link.url}/hosts/00000000-0000-4000-8000-ffffffffffff`);
  await page.getByRole("heading", { name: "No such host" }).waitFor();
});

const pictures = process.env["PERFLOAD_SCREENSHOTS"];
const sizes = [
  { name: "desktop", width: 1440, height: 900 },
  { name: "phone", width: 390, height: 844 },
] as const;

test
  .skipIf(pictures === undefined)
  .each(sizes.flatMap((size) => [["dark", size.name, size] as const, ["light", size.name, size] as const]))(
  "pictures, %s, %s",
  { timeout: 120_000 },
  async (scheme, _, size) => {
    const directory = pictures ?? "";
    mkdirSync(directory, { recursive: true });
    const shown = await open(size, scheme);
    const take = async (name: string, fullPage: boolean) => {
      await shown.locator('.shell[data-fresh="true"] [data-connection="live"]').waitFor();
      return shown.screenshot({ path: join(directory, `${name}-${size.name}-${scheme}.png`), fullPage });
    };

    await shown.goto(link.url);
    const id = await shown.locator(onlineRow).first().getAttribute("data-host");
    await shown.evaluate(() => document.fonts.ready);
    await take("overview", false);
    await shown.goto(`${link.url}/hosts/${id ?? ""}?range=2m`);
    await shown.locator(`${chart("processes")}:not([data-points="0"])`).waitFor();
    await shown.getByText("Reading history…").waitFor({ state: "detached" });
    await take("host", true);
    await shown.goto(`${link.url}/door`);
    await shown.locator(".slots tbody tr").first().waitFor();
    await take("door", false);
    await shown.context().close();
  },
);

test("no page threw anything", () => expect(mishaps).toEqual([]));
