// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.master.handover;

/** Hears what the handover learns about a slot. Called on the door's event loop. */
public interface SlotListener {
  /** The worker has its copy of the listening socket; it takes connections from now on. */
  void ready(int slot);

  /** All that was sent has been answered, and the slot is shut. */
  void drained(int slot);

  /** The worker answered what nobody asked, or with a byte that means nothing. */
  void misbehaved(int slot, String what);
}
