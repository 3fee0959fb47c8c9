// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.history;

/**
 * The store did not answer in time or could not be reached. What was asked may or may not have
 * happened.
 */
public final class StoreUnavailable extends Exception {
  public StoreUnavailable(String message, Throwable cause) {
    super(message, cause);
  }
}
