// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.spool;

/**
 * A file that is not needed any longer.
 *
 * @param aside whether somebody may want to look at it: it is damaged
 */
record Discard(String name, boolean aside) {
  static Discard deleted(String name) {
    return new Discard(name, false);
  }
}
