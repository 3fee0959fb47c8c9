// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.standalone;

import io.perfload.common.control.FromMaster;
import io.perfload.common.control.FromWorker;
import io.perfload.common.control.OperatorLink;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** What an operator asks the master of a data directory for. Confined to one thread. */
final class MasterControl implements AutoCloseable {
  /** The roster comes every second. */
  private static final Duration SAYS_SOMETHING_WITHIN = Duration.ofSeconds(10);

  private final OperatorLink link;

  /**
   * @throws IOException if there is no master
   */
  MasterControl(DataDirectory data) throws IOException {
    link = OperatorLink.connect(data.run());
  }

  /** Whether there is a master that listens. */
  static boolean listens(DataDirectory data) {
    try (OperatorLink ignored = OperatorLink.connect(data.run())) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Asks the master to leave the door to the next one; does not wait for it. */
  void makeWay() throws IOException {
    link.send(new FromWorker.MakeWay());
  }

  /** Has the workers replaced one by one; returns why not all were, if so. */
  Optional<String> restartWorkers(Told told) throws IOException {
    link.send(new FromWorker.RestartWorkers());
    while (true) {
      FromMaster message = link.next(SAYS_SOMETHING_WITHIN);
      if (message instanceof FromMaster.Replaced one) {
        told.replaced(one.slot(), one.oldPid(), one.newPid());
      } else if (message instanceof FromMaster.RestartEnded end) {
        return Optional.of(end.failure()).filter(why -> !why.isEmpty());
      }
    }
  }

  @Override
  public void close() throws IOException {
    link.close();
  }

  /** Hears of each worker that was replaced. */
  @FunctionalInterface
  interface Told {
    void replaced(int slot, long oldPid, long newPid);
  }
}
