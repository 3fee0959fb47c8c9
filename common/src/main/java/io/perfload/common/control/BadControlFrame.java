// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.common.control;

/**
 * A frame on the control socket that is too long, unknown or does not add up. The link is to be
 * closed.
 */
public final class BadControlFrame extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BadControlFrame(String message) {
    super(message, null, false, false);
  }
}
