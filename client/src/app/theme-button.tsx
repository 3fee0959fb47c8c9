// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
import { useState } from "react";
import { chooseTheme, nextTheme, storedTheme, type Theme } from "./theme";

const marks = { system: "◐", dark: "☾", light: "☀" } as const satisfies Record<Theme, string>;

/** Dark, light, or as the system has it. */
export function ThemeButton() {
  const [theme, setTheme] = useState(storedTheme);
  return (
    <button
      type="button"
      className="theme"
      aria-label={`Theme: ${theme}. Switch to ${nextTheme[theme]}`}
      title={`Theme: ${theme}`}
      onClick={() => {
        chooseTheme(nextTheme[theme]);
        setTheme(nextTheme[theme]);
      }}
    >
      <span aria-hidden="true">{marks[theme]}</span>
    </button>
  );
}
