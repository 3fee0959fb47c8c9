// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
import { useId } from "react";

/** One of a few, side by side; arrow keys move as in any group of radio buttons. */
export function Choice<T extends string>({
  label,
  options,
  chosen,
  onChoose,
}: {
  label: string;
  options: readonly Readonly<{ value: T; name: string }>[];
  chosen: T;
  onChoose: (value: T) => void;
}) {
  const group = useId();
  return (
    <span className="choice" role="radiogroup" aria-label={label}>
      {options.map(({ value, name }) => (
        <label key={value} className="choice-option">
          <input type="radio" name={group} checked={value === chosen} onChange={() => onChoose(value)} />
          <span>{name}</span>
        </label>
      ))}
    </span>
  );
}
