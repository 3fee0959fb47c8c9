// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.log;

import java.io.PrintStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/**
 * A line for each event: time, level, name, text, and the cause in short. Parameters are put where
 * {@code {0}} stands. Any thread.
 */
final class StderrLogger implements System.Logger {
  private final String name;
  private final PrintStream out;
  private final Level least;

  /** Tells what is at least so important; nothing if that is {@code OFF}. */
  StderrLogger(String name, PrintStream out, Level least) {
    this.name = name;
    this.out = out;
    this.least = least;
  }

  @Override
  public String getName() {
    return name;
  }

  @Override
  public boolean isLoggable(Level level) {
    return level.getSeverity() >= least.getSeverity() && level != Level.OFF;
  }

  @Override
  public void log(
      Level level,
      @Nullable ResourceBundle bundle,
      @Nullable String message,
      @Nullable Throwable thrown) {
    if (isLoggable(level)) {
      String cause = thrown == null ? "" : ": " + thrown;
      out.println(
          Instant.now().truncatedTo(ChronoUnit.MILLIS)
              + " "
              + level.getName()
              + " "
              + name
              + ": "
              + message
              + cause);
    }
  }

  @Override
  public void log(
      Level level,
      @Nullable ResourceBundle bundle,
      @Nullable String format,
      @Nullable Object... values) {
    String text = String.valueOf(format);
    if (values != null) {
      for (int i = 0; i < values.length; i++) {
        text = text.replace("{" + i + "}", String.valueOf(values[i]));
      }
    }
    log(level, bundle, text, (Throwable) null);
  }
}
