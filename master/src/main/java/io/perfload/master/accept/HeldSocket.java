// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.master.accept;

import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.Socket;
import java.io.IOException;

/**
 * An accepted socket of which the master has its copy still. It is in no event loop, and nothing is
 * read from it or written to it. Confined to the door's event loop.
 */
public final class HeldSocket extends FileDescriptor {
  private final long client;
  private long sentAtNanos;

  /**
   * @param client see {@link io.perfload.common.route.ClientKey}
   */
  public HeldSocket(int fd, long client) {
    super(fd);
    this.client = client;
  }

  public long client() {
    return client;
  }

  /** When it was last sent to a worker. */
  public long sentAtNanos() {
    return sentAtNanos;
  }

  public void sentAt(long nanos) {
    sentAtNanos = nanos;
  }

  /** Closes the master's copy; the connection lives on where it was adopted. */
  public void letGo() {
    try {
      close();
    } catch (IOException e) {
      // close(2) frees the descriptor whatever it reports
    }
  }

  /** Ends the connection for everybody who has a copy, then closes this one. */
  public void sever() {
    try {
      new Socket(intValue()).shutdown();
    } catch (IOException e) {
      // the peer was faster
    }
    letGo();
  }
}
