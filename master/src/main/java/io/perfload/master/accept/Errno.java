// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.master.accept;

import io.netty.channel.unix.Errors.NativeIoException;
import java.io.IOException;

/** Linux error numbers that decide what happens next, as Netty reports them: negative. */
public enum Errno {
  ENFILE(-23),
  EMFILE(-24),
  EADDRINUSE(-98),
  /** This user has more descriptors on their way through Unix sockets than it may have open. */
  ETOOMANYREFS(-109);

  private final int number;

  Errno(int number) {
    this.number = number;
  }

  /** Whether {@code failure} is this error. */
  public boolean is(IOException failure) {
    return failure instanceof NativeIoException e && e.expectedErr() == number;
  }
}
