// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.master;

import io.perfload.common.control.RunDirectory;
import io.perfload.master.handover.HandoverLimits;
import io.perfload.master.roster.RosterSettings;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/**
 * Everything a master is told.
 *
 * @param listen the door
 * @param backlog how many connections the kernel keeps while nobody accepts
 * @param run where master and workers meet
 * @param workerCommand the command line of a worker, without {@code --run}
 * @param takeOverWithin how long to wait for the listening socket of an earlier master
 */
public record MasterConfig(
    InetSocketAddress listen,
    int backlog,
    RunDirectory run,
    List<String> workerCommand,
    RosterSettings roster,
    HandoverLimits handover,
    Duration takeOverWithin) {
  public MasterConfig {
    workerCommand = List.copyOf(workerCommand);
  }
}
