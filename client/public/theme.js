// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
// Runs before the first paint, so that a chosen theme does not flash the other one.
try {
  const theme = localStorage.getItem("perfload.theme");
  if (theme === "dark" || theme === "light") {
    document.documentElement.dataset.theme = theme;
  }
} catch {
  // storage may be forbidden; the system's preference then decides
}
