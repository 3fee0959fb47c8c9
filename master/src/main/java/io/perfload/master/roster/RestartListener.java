// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.master.roster;

import java.util.Optional;

/** Hears how a restart of the workers goes on. Called on the door's event loop. */
public interface RestartListener {
  /** Nobody wants to know; it is in the log anyway. */
  RestartListener NONE =
      new RestartListener() {
        @Override
        public void replaced(int slot, long oldPid, long newPid) {}

        @Override
        public void ended(Optional<String> failure) {}
      };

  /**
   * The slot's new worker takes connections, and the old one is gone.
   *
   * @param oldPid 0 if it had none
   */
  void replaced(int slot, long oldPid, long newPid);

  /**
   * The last word.
   *
   * @param failure why not all were replaced
   */
  void ended(Optional<String> failure);
}
