// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0

/** A value that changes, in the form React's external stores have. */
export interface Readable<T> {
  readonly subscribe: (listener: () => void) => () => void;
  /** The same object until something changes. */
  readonly current: () => T;
}

/** The writing side of a {@link Readable}. */
export class Cell<T> implements Readable<T> {
  #value: T;
  readonly #listeners = new Set<() => void>();

  constructor(value: T) {
    this.#value = value;
  }

  readonly current = (): T => this.#value;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  set(value: T): void {
    if (!Object.is(value, this.#value)) {
      this.#value = value;
      for (const listener of [...this.#listeners]) {
        listener();
      }
    }
  }
}
