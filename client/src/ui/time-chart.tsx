// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
import { type ReactNode, useEffect, useRef } from "react";
import "uplot/dist/uPlot.min.css";
import type { ChartBoard } from "./chart-board";
import { ChartDrawing, type ChartSpec } from "./chart-drawing";

/** More lines than this are told apart by the tooltip alone. */
const mostLegends = 6;

/** One chart over time: a title, the newest (or pointed at) value of each line, the lines. Points come past React. */
export function TimeChart({
  title,
  spec,
  board,
  children,
}: {
  title: string;
  spec: ChartSpec;
  board: ChartBoard;
  /** What can be chosen on this chart. */
  children: ReactNode;
}) {
  const figure = useRef<HTMLElement>(null);
  const plot = useRef<HTMLDivElement>(null);
  const tip = useRef<HTMLDivElement>(null);
  const legend = useRef<HTMLUListElement>(null);
  useEffect(() => {
    if (figure.current === null || plot.current === null || tip.current === null || legend.current === null) {
      return undefined;
    }
    const drawing = new ChartDrawing(
      { figure: figure.current, plot: plot.current, tip: tip.current, legend: legend.current },
      spec,
      board,
    );
    return () => drawing.close();
  }, [spec, board]);
  return (
    <figure className="card chart" ref={figure} aria-label={title} data-chart={spec.id} data-points="0">
      <figcaption>
        <span className="chart-title">
          <h2>{title}</h2>
          {children}
        </span>
        <ul className="legend" ref={legend}>
          {(spec.lines.length > mostLegends ? [] : spec.lines).map(({ key, label }, i) => (
            <li key={key}>
              <span className="swatch" data-hue={i} aria-hidden="true" />
              {label} <output>–</output>
            </li>
          ))}
          {spec.lines.length > mostLegends && (
            <li className="muted">{spec.lines.length} lines; point at the chart to read them</li>
          )}
        </ul>
      </figcaption>
      <div
        className="plot"
        ref={plot}
        tabIndex={0}
        role="img"
        aria-label={`${title} over time; arrow keys move the crosshair`}
      >
        <div className="tip" ref={tip} hidden />
      </div>
    </figure>
  );
}
