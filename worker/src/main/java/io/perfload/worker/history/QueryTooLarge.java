// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.history;

/** A query matches more than one answer may hold; the message says what to ask for instead. */
public final class QueryTooLarge extends Exception {
  public QueryTooLarge(String message) {
    super(message, null, false, false);
  }
}
