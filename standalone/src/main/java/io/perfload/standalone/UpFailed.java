// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.standalone;

/** Perfload cannot start. The message is one sentence for the person who typed the command. */
public final class UpFailed extends Exception {
  public UpFailed(String message) {
    super(message);
  }
}
