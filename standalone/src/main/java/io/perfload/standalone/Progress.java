// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.standalone;

import io.perfload.standalone.child.LogFile;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.Locale;
import java.util.function.LongSupplier;

/** Tells the person at the terminal what happens, and the log for later. Any thread. */
final class Progress {
  private final PrintStream terminal;
  private final LogFile log;
  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private volatile long startedAt;

  Progress(PrintStream terminal, LogFile log, InstantSource clock, LongSupplier nanoTime) {
    this.terminal = terminal;
    this.log = log;
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.startedAt = nanoTime.getAsLong();
  }

  /** Says that something begins; the seconds count from here. */
  void begin(String what) {
    startedAt = nanoTime.getAsLong();
    say(what);
  }

  /** Says something with the seconds since the last beginning. */
  void step(String what) {
    double seconds = (nanoTime.getAsLong() - startedAt) / 1e9;
    say(String.format(Locale.ROOT, "  %5.1f s  %s", seconds, what));
  }

  /** Says something. */
  synchronized void say(String line) {
    terminal.println(line);
    terminal.flush();
    try {
      Files.writeString(
          log.path(),
          clock.instant() + " " + line + "\n",
          StandardCharsets.UTF_8,
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      terminal.println("  (" + log.path() + " cannot be written: " + e.getMessage() + ")");
    }
  }
}
