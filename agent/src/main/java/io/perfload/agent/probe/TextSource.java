// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.probe;

import java.io.IOException;

/** A text that says something new each time it is read. */
@FunctionalInterface
interface TextSource {
  /** Reads all of it; the lines are valid until the next call. */
  TextLines read() throws IOException;
}
