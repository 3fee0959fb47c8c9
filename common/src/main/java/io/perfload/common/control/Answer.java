// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.common.control;

/** What a worker answers, one byte a descriptor and in their order, on the handover socket. */
public final class Answer {
  /** The socket is the worker's now. Written before anything is read from it. */
  public static final byte ADOPTED = 'a';

  /** The peer had reset the connection already; the worker closed it. */
  public static final byte DEAD = 'd';

  /** The worker had no descriptor left; it never held the socket. */
  public static final byte NOT_TAKEN = 'n';

  private Answer() {}
}
