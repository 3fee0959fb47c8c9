// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.standalone.child;

/** A process, started by us or found. Any thread. */
public interface Child {
  long pid();

  boolean alive();

  /** Asks it to end. */
  void terminate();

  /** Ends it. */
  void kill();
}
