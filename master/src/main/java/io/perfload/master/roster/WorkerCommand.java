// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.master.roster;

import static java.util.Objects.requireNonNull;

import io.perfload.common.control.RunDirectory;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.ArrayList;
import java.util.List;

/**
 * How a worker is started: the given command line, then {@code --run DIR}. Its output goes where
 * the master's goes.
 */
public record WorkerCommand(List<String> words, RunDirectory run) {
  public WorkerCommand {
    words = List.copyOf(words);
    requireNonNull(run, "run");
  }

  /** Starts one. Blocks while the process is made. */
  Process start() throws IOException {
    var line = new ArrayList<>(words);
    line.add("--run");
    line.add(run.path().toString());
    return new ProcessBuilder(line)
        .redirectInput(Redirect.from(new java.io.File("/dev/null")))
        .redirectOutput(Redirect.INHERIT)
        .redirectError(Redirect.INHERIT)
        .start();
  }
}
