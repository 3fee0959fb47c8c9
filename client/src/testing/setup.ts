// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
import { cleanup } from "@testing-library/react";
import { afterEach, vi } from "vitest";

// What jsdom has not: no test reads a media query's answer or a size.
vi.stubGlobal("matchMedia", () => Object.assign(new EventTarget(), { matches: false }));
vi.stubGlobal("scrollTo", () => {});
vi.stubGlobal(
  "ResizeObserver",
  class {
    observe(): void {}
    unobserve(): void {}
    disconnect(): void {}
  },
);

afterEach(() => {
  cleanup();
  window.history.replaceState(null, "", "/");
});
