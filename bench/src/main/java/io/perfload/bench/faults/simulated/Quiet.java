// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.faults.simulated;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import io.perfload.agent.link.LinkLoop;
import io.perfload.agent.spool.Spool;
import java.io.OutputStream;
import java.io.PrintStream;
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
    java.util.logging.Logger.getLogger("agent").setLevel(java.util.logging.Level.OFF);
    PrintStream standardError = System.err;
    System.setErr(new PrintStream(OutputStream.nullOutputStream(), false, UTF_8));
    try {
      // an agent's loggers keep the stream they found when their class was loaded
      for (Class<?> speaker : new Class<?>[] {Spool.class, LinkLoop.class}) {
        Class.forName(speaker.getName(), true, speaker.getClassLoader());
      }
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("it is loaded already", e);
    } finally {
      System.setErr(standardError);
    }
  }
}
