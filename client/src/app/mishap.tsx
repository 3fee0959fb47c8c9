// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
import { Component, type ReactNode } from "react";

/** A mistake of ours in one page must not blank everything: it says so and offers a way out. */
export class Mishap extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    if (!this.state.failed) {
      return this.props.children;
    }
    return (
      <main className="page">
        <section className="card empty">
          <h1>This page failed</h1>
          <p role="alert">
            That is a mistake in Perfload’s page, not in your machines. Reloading starts it anew.
          </p>
          <button type="button" className="button" onClick={() => window.location.reload()}>
            Reload
          </button>
        </section>
      </main>
    );
  }
}
