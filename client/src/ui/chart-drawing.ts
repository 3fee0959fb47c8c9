// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
import UPlot from "uplot";
import type { ChartBoard } from "./chart-board";
import { lonePoints, niceTop, stack } from "./stack";

/** A stretch of time that is shaded, and the sentence that says why. */
export type ChartMark = Readonly<{ fromMs: number; toMs: number; text: string }>;

/** The points of a chart now: one column for each line, null where there is none. */
export type ChartPoints = Readonly<{
  fromMs: number;
  toMs: number;
  timesMs: number[];
  columns: (number | null)[][];
  marks: readonly ChartMark[];
}>;

/** What a chart shows; a new object builds a new chart. */
export type ChartSpec = Readonly<{
  id: string;
  lines: readonly Readonly<{ key: string; label: string }>[];
  stacked: boolean;
  /** The tops the scale may have, lowest first: the lowest above all values is taken. None: any round number. */
  tops: readonly number[];
  /** The lowest top of a scale without tops: what is less is noise. */
  leastTop: number;
  /** The family of numbers the scale is divided by. */
  base: 10 | 1024;
  points: () => ChartPoints;
  onChange: (listener: () => void) => () => void;
  formatValue: (value: number | null) => string;
  formatTime: (ms: number) => string;
  formatTick: (ms: number, stepMs: number) => string;
}>;

type Parts = Readonly<{ figure: HTMLElement; plot: HTMLElement; tip: HTMLElement; legend: HTMLElement }>;

const height = 200;
const quarters = [0, 0.25, 0.5, 0.75, 1] as const;
const mostTips = 8;

/** A uPlot chart and its surroundings, outside React. Lives from construction to {@link close}. */
export class ChartDrawing {
  readonly #parts: Parts;
  readonly #spec: ChartSpec;
  readonly #board: ChartBoard;
  readonly #undo: (() => void)[] = [];
  #plot: UPlot;
  #points: ChartPoints;
  #pointed = false;

  constructor(parts: Parts, spec: ChartSpec, board: ChartBoard) {
    this.#parts = parts;
    this.#spec = spec;
    this.#board = board;
    this.#points = spec.points();
    this.#plot = this.#build();
    this.#undo.push(
      spec.onChange(() => board.schedule(this.#draw)),
      this.#followWidth(),
      this.#followTheme(),
      this.#listen("pointerenter", board.pause),
      this.#listen("pointerleave", () => this.#leave()),
      this.#listen("blur", () => this.#leave()),
      this.#listen("keydown", (event) => this.#key(event)),
    );
    board.schedule(this.#draw);
  }

  close(): void {
    this.#undo.forEach((undo) => undo());
    this.#board.forget(this.#draw);
    this.#board.resume();
    this.#plot.destroy();
  }

  readonly #draw = (): void => {
    this.#points = this.#spec.points();
    const { fromMs, toMs, timesMs, columns } = this.#points;
    this.#plot.batch(() => {
      this.#plot.setData([timesMs, ...(this.#spec.stacked ? stack(columns) : columns)], false);
      this.#plot.setScale("x", { min: fromMs, max: toMs });
    });
    this.#tellLegend();
    this.#tellPage();
  };

  /** What anybody may check from outside: how many points of the first line are on the chart, and from when to when. */
  #tellPage(): void {
    const { timesMs, columns } = this.#points;
    const known = timesMs.filter((_, i) => columns.some((column) => column[i] !== null));
    const { dataset } = this.#parts.figure;
    dataset["points"] = String(known.length);
    dataset["firstTime"] = String(known[0] ?? "");
    dataset["lastTime"] = String(known[known.length - 1] ?? "");
    dataset["marks"] = String(this.#points.marks.length);
  }

  #tellLegend(): void {
    const at = this.#plot.cursor.idx;
    const { columns, timesMs } = this.#points;
    const place = this.#pointed && typeof at === "number" ? at : this.#newest(columns, timesMs.length);
    this.#parts.legend.querySelectorAll("output").forEach((output, i) => {
      output.textContent = this.#spec.formatValue(columns[i]?.[place] ?? null);
    });
  }

  /** The last place with any value, if it is one of the last few: what is older is not "now". */
  #newest(columns: ChartPoints["columns"], length: number): number {
    for (let i = length - 1; i >= Math.max(0, length - 4); i--) {
      if (columns.some((column) => column[i] !== null)) {
        return i;
      }
    }
    return length - 1;
  }

  #crosshairMoved(plot: UPlot): void {
    const place = plot.cursor.idx;
    this.#pointed = typeof place === "number" && (plot.cursor.left ?? -1) >= 0;
    this.#tellLegend();
    const here = this.#parts.plot.matches(":hover, :focus-visible");
    if (this.#pointed && here && typeof place === "number") {
      this.#showTip(plot, place);
    } else {
      this.#parts.tip.hidden = true;
    }
  }

  #showTip(plot: UPlot, place: number): void {
    const { tip } = this.#parts;
    const { timesMs, columns } = this.#points;
    const rows = this.#spec.lines
      .map(({ label }, i) => ({ label, hue: i, value: columns[i]?.[place] ?? null }))
      .sort((a, b) => (columns.length > mostTips ? (b.value ?? -1) - (a.value ?? -1) : 0))
      .slice(0, mostTips)
      .map(({ label, hue, value }) => tipRow(label, hue, this.#spec.formatValue(value)));
    const time = document.createElement("b");
    time.textContent = this.#spec.formatTime(timesMs[place] ?? 0);
    tip.replaceChildren(time, ...this.#marksAt(timesMs[place] ?? 0).map(tipText), ...rows);
    tip.hidden = false;
    this.#placeTip(plot);
  }

  /** The marks over the bucket that begins at `ms`. */
  #marksAt(ms: number): readonly ChartMark[] {
    const { timesMs, marks } = this.#points;
    const stepMs = (timesMs[1] ?? 0) - (timesMs[0] ?? 0);
    return marks.filter(({ fromMs, toMs }) => fromMs < ms + stepMs && toMs > ms);
  }

  /** Behind the lines: a wash with an edge on either side. */
  #shade(plot: UPlot, hue: string): void {
    const { fromMs, toMs, marks } = this.#points;
    const { ctx, bbox } = plot;
    ctx.save();
    for (const mark of marks) {
      if (mark.toMs <= fromMs || mark.fromMs >= toMs) {
        continue;
      }
      const left = plot.valToPos(Math.max(mark.fromMs, fromMs), "x", true);
      const right = plot.valToPos(Math.min(mark.toMs, toMs), "x", true);
      ctx.fillStyle = hue + fillAlpha.mark;
      ctx.fillRect(left, bbox.top, Math.max(1, right - left), bbox.height);
      ctx.fillStyle = hue + fillAlpha.markEdge;
      ctx.fillRect(left, bbox.top, 1, bbox.height);
      ctx.fillRect(right - 1, bbox.top, 1, bbox.height);
    }
    ctx.restore();
  }

  #placeTip(plot: UPlot): void {
    const { tip, plot: frame } = this.#parts;
    const left = (plot.cursor.left ?? 0) + plot.over.offsetLeft;
    const leftOf = left + 16 + tip.offsetWidth > frame.clientWidth;
    tip.style.transform = `translate(${leftOf ? left - 12 - tip.offsetWidth : left + 12}px, 8px)`;
  }

  #leave(): void {
    this.#parts.tip.hidden = true;
    this.#plot.setCursor({ left: -10, top: -10 });
    this.#board.resume();
  }

  #key(event: KeyboardEvent): void {
    const step = event.key === "ArrowLeft" ? -1 : event.key === "ArrowRight" ? 1 : 0;
    if (step === 0) {
      return;
    }
    event.preventDefault();
    this.#board.pause();
    const { timesMs, columns } = this.#points;
    const at = this.#pointed && typeof this.#plot.cursor.idx === "number" ? this.#plot.cursor.idx : null;
    const next = at === null ? this.#newest(columns, timesMs.length) : at + step;
    const time = timesMs[Math.min(timesMs.length - 1, Math.max(0, next))];
    if (time !== undefined) {
      this.#plot.setCursor({ left: this.#plot.valToPos(time, "x"), top: 20 });
    }
  }

  #build(): UPlot {
    const { figure, plot } = this.#parts;
    const ink = inkOf(figure);
    const { lines, stacked, formatTick, formatValue } = this.#spec;
    const axis = {
      stroke: ink.muted,
      font: "11px 'Inter Variable', system-ui, sans-serif",
      ticks: { show: false },
    };
    const options: UPlot.Options = {
      width: Math.max(200, plot.clientWidth),
      height,
      ms: 1,
      padding: [10, 12, 0, 0],
      legend: { show: false },
      cursor: {
        sync: { key: this.#board.syncKey, scales: ["x", null] },
        drag: { x: false, y: false },
        y: false,
        points: { size: 6 },
      },
      scales: {
        x: { time: true },
        y: { range: (_, __, most) => [0, this.#top(most)] },
      },
      axes: [
        {
          ...axis,
          grid: { show: false },
          size: 26,
          gap: 6,
          space: 56,
          values: (_, splits, __, ___, stepMs) => splits.map((ms) => formatTick(ms, stepMs)),
        },
        {
          ...axis,
          size: 68,
          gap: 8,
          grid: { stroke: ink.grid, width: 1 },
          splits: (_, __, ___, top) => quarters.map((quarter) => quarter * top),
          values: (_, splits) => splits.map((value) => formatValue(value)),
        },
      ],
      series: [{}, ...lines.map((_, i) => lineOf(ink.hue(i), stacked || lines.length <= 2, stacked))],
      bands: stacked
        ? lines.slice(1).map((_, i) => ({ series: [i + 2, i + 1], fill: ink.hue(i + 1) + fillAlpha.stacked }))
        : [],
      hooks: {
        setCursor: [(drawn) => this.#crosshairMoved(drawn)],
        drawClear: [(drawn) => this.#shade(drawn, ink.mark)],
      },
    };
    return new UPlot(options, [[], ...lines.map(() => [])], plot);
  }

  #top(most: number | null): number {
    const { tops, leastTop, base } = this.#spec;
    const needed = (most ?? 0) * 1.02;
    return (
      tops.find((top) => top >= needed) ?? tops[tops.length - 1] ?? niceTop(Math.max(needed, leastTop), base)
    );
  }

  #followWidth(): () => void {
    const observer = new ResizeObserver(() => {
      this.#plot.setSize({ width: Math.max(200, this.#parts.plot.clientWidth), height });
    });
    observer.observe(this.#parts.plot);
    return () => observer.disconnect();
  }

  /** Colours are read from the style sheet when a chart is built, so another theme is another chart. */
  #followTheme(): () => void {
    const rebuild = () => {
      this.#plot.destroy();
      this.#plot = this.#build();
      this.#draw();
    };
    const chosen = new MutationObserver(rebuild);
    chosen.observe(document.documentElement, { attributeFilter: ["data-theme"] });
    const system = window.matchMedia("(prefers-color-scheme: dark)");
    system.addEventListener("change", rebuild);
    return () => {
      chosen.disconnect();
      system.removeEventListener("change", rebuild);
    };
  }

  #listen<K extends keyof HTMLElementEventMap>(
    type: K,
    listener: (event: HTMLElementEventMap[K]) => void,
  ): () => void {
    const { plot } = this.#parts;
    plot.addEventListener(type, listener);
    return () => plot.removeEventListener(type, listener);
  }
}

const fillAlpha = { stacked: "b0", single: "26", mark: "30", markEdge: "90" } as const;

function lineOf(hue: string, filled: boolean, stacked: boolean): UPlot.Series {
  return {
    stroke: hue,
    width: stacked ? 1 : 1.5,
    spanGaps: false,
    points: { show: true, size: 4, fill: hue, filter: (plot, line) => loneOf(plot, line) },
    ...(filled ? { fill: hue + (stacked ? fillAlpha.stacked : fillAlpha.single) } : {}),
  };
}

function loneOf(plot: UPlot, line: number): number[] {
  const column = plot.data[line];
  return column === undefined ? [] : lonePoints(column, 0, column.length - 1);
}

function tipText({ text }: ChartMark): HTMLElement {
  const line = document.createElement("em");
  line.textContent = text;
  return line;
}

function tipRow(label: string, hue: number, value: string): HTMLElement {
  const row = document.createElement("span");
  const swatch = document.createElement("i");
  swatch.className = "swatch";
  swatch.dataset["hue"] = String(hue % hues);
  const number = document.createElement("output");
  number.textContent = value;
  row.append(swatch, ` ${label} `, number);
  return row;
}

/** Colours for lines; a line past the last begins anew. */
const hues = 8;

function inkOf(element: HTMLElement) {
  const style = getComputedStyle(element);
  const read = (name: string) => style.getPropertyValue(name).trim() || "#888888";
  return {
    muted: read("--muted"),
    grid: read("--grid"),
    mark: read("--warn"),
    hue: (i: number) => read(`--hue-${i % hues}`),
  };
}
