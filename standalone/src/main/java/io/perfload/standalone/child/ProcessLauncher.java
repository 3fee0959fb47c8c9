// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.standalone.child;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Starts real processes, each in a session of its own: Ctrl-C goes to all of a terminal's process
 * group, and ours must stop in order instead.
 */
public final class ProcessLauncher implements Launcher {
  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // the exit is told to exited
  public Child launch(ChildCommand command, IntConsumer exited) throws IOException {
    List<String> words = new ArrayList<>();
    words.add("setsid");
    words.addAll(command.words());
    var builder =
        new ProcessBuilder(words)
            .redirectInput(Redirect.from(new File("/dev/null")))
            .redirectErrorStream(true)
            .redirectOutput(Redirect.appendTo(command.log().toFile()));
    builder.environment().putAll(command.environment());
    Process process = builder.start();
    process.onExit().thenAccept(ended -> exited.accept(ended.exitValue()));
    return new Started(process);
  }

  /** One that we can wait for; {@code setsid} becomes the program, so its number stays. */
  private record Started(Process process) implements Child {
    @Override
    public long pid() {
      return process.pid();
    }

    @Override
    public boolean alive() {
      return process.isAlive();
    }

    @Override
    public void terminate() {
      process.destroy();
    }

    @Override
    public void kill() {
      process.destroyForcibly();
    }
  }
}
