// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from "react";

/** Rows of one height in the page's own scroll; only those on the screen exist. Says which those are. */
export function VirtualRows({
  count,
  rowHeight,
  row,
  keyOf,
  onLook,
}: {
  count: number;
  rowHeight: number;
  row: (index: number) => ReactNode;
  /** What makes a row itself wherever it stands, so that a row that moves is moved and not rewritten. */
  keyOf: (index: number) => string | number;
  onLook: (first: number, last: number) => void;
}) {
  const body = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  useLayoutEffect(() => {
    const element = body.current;
    if (element !== null) {
      setTop(Math.round(element.getBoundingClientRect().top + window.scrollY));
    }
  }, [rowHeight]);
  const virtual = useWindowVirtualizer({
    count,
    estimateSize: () => rowHeight,
    getItemKey: keyOf,
    overscan: 4,
    scrollMargin: top,
    initialRect: { width: window.innerWidth, height: window.innerHeight },
  });
  const items = virtual.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items[items.length - 1]?.index ?? 0;
  useEffect(() => virtual.measure(), [virtual, rowHeight]);
  useEffect(() => onLook(first, last), [first, last, onLook]);
  return (
    <div ref={body} role="rowgroup" className="virtual-rows" style={{ height: virtual.getTotalSize() }}>
      {items.map(({ key, index, start }) => (
        <div
          key={key}
          role="presentation"
          className="virtual-row"
          style={{ height: rowHeight, transform: `translateY(${start - top}px)` }}
        >
          {row(index)}
        </div>
      ))}
    </div>
  );
}
