// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
import { useEffect } from "react";
import type { Counts } from "../data/live-feed";

/** The tab's title: how many hosts are offline comes first, so that it shows in a narrow tab. */
export const tabTitle = (counts: Counts | null): string =>
  counts === null || counts.offline === 0 ? "Perfload" : `(${counts.offline}) Perfload`;

/** The tab's picture: calm, or a red field with the number of hosts that are offline. */
export function tabIcon(counts: Counts | null): string {
  const offline = counts?.offline ?? 0;
  const content =
    offline === 0
      ? '<rect width="32" height="32" rx="8" fill="#1d2430"/><path d="M4 18h5l4-11 6 18 4-11 2 4h3" fill="none" stroke="#fff" stroke-width="2.6" stroke-linejoin="round" stroke-linecap="round"/>'
      : `<rect width="32" height="32" rx="8" fill="#d23f3a"/><text x="16" y="22.5" font-family="sans-serif" font-weight="700" font-size="18" fill="#fff" text-anchor="middle">${offline > 99 ? "99" : offline}</text>`;
  return `data:image/svg+xml,${encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">${content}</svg>`)}`;
}

/** Keeps the tab saying how the fleet is. */
export function useTabSign(counts: Counts | null): void {
  useEffect(() => {
    document.title = tabTitle(counts);
    document.querySelector("link[rel=icon]")?.setAttribute("href", tabIcon(counts));
  }, [counts]);
}
