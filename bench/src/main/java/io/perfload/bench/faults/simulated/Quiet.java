// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.faults.simulated;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import io.perfload.agent.log.StderrLoggerFinder;
import org.slf4j.ILoggerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the logs of simulated processes away from people: thousands of faults a second would be
 * told. For a process that does nothing but simulate.
 */
public final class Quiet {
  private Quiet() {}

  /** Silences the loggers of workers and agents for the life of this process. */
  public static void begin() {
    ILoggerFactory factory = LoggerFactory.getILoggerFactory();
    if (factory instanceof LoggerContext context) {
      context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.OFF);
    }
    System.setProperty(StderrLoggerFinder.LEVEL, System.Logger.Level.OFF.getName());
  }
}
