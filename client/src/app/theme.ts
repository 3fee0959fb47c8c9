// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0

/** "system" follows the system's preference. public/theme.js applies the stored one before the first paint. */
export type Theme = "system" | "light" | "dark";

const key = "perfload.theme";

export const nextTheme = { system: "dark", dark: "light", light: "system" } as const satisfies Record<
  Theme,
  Theme
>;

export function storedTheme(): Theme {
  try {
    const stored = localStorage.getItem(key);
    return stored === "light" || stored === "dark" ? stored : "system";
  } catch {
    return "system"; // storage may be forbidden
  }
}

/** Shows a theme and remembers it, where storage is allowed. */
export function chooseTheme(theme: Theme): void {
  applyTheme(theme);
  try {
    if (theme === "system") {
      localStorage.removeItem(key);
    } else {
      localStorage.setItem(key, theme);
    }
  } catch {
    // then it lasts as long as the page
  }
}

function applyTheme(theme: Theme): void {
  if (theme === "system") {
    delete document.documentElement.dataset["theme"];
  } else {
    document.documentElement.dataset["theme"] = theme;
  }
}
