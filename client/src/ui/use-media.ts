// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
import { useCallback, useSyncExternalStore } from "react";

/** Whether a media query holds now; where there is no way to ask, it does not. */
export function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (listener: () => void) => {
      const list = window.matchMedia(query);
      list.addEventListener("change", listener);
      return () => list.removeEventListener("change", listener);
    },
    [query],
  );
  return useSyncExternalStore(subscribe, () => window.matchMedia(query).matches);
}
