// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
import { useSyncExternalStore } from "react";

/** A value kept outside React, for a component. */
export const useReadable = <T>(readable: {
  readonly subscribe: (listener: () => void) => () => void;
  readonly current: () => T;
}): T => useSyncExternalStore(readable.subscribe, readable.current);
