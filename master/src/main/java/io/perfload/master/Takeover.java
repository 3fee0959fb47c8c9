// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.master;

import io.perfload.common.control.FromWorker;
import io.perfload.common.control.OperatorLink;
import io.perfload.common.control.RunDirectory;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the master that has the run directory to make way for this one. */
final class Takeover {
  private static final Logger log = LoggerFactory.getLogger(Takeover.class);

  private Takeover() {}

  /** Asks, if there is one. It goes once the connections on their way have arrived. */
  static void ask(RunDirectory run) {
    try (OperatorLink master = OperatorLink.connect(run)) {
      master.send(new FromWorker.MakeWay());
      log.info("Master asked to make way: run={}", run);
    } catch (IOException e) {
      log.info("No master to replace: run={} cause={}", run, e.toString());
    }
  }
}
