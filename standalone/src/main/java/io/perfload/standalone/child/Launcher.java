// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.standalone.child;

import java.io.IOException;
import java.util.function.IntConsumer;

/** Starts processes. */
@FunctionalInterface
public interface Launcher {
  /**
   * Starts one.
   *
   * @param exited told its exit code, once, on any thread
   * @throws IOException if the program is missing or the system has no room for it
   */
  Child launch(ChildCommand command, IntConsumer exited) throws IOException;
}
