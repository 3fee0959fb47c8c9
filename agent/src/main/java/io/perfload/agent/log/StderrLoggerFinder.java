// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.log;

import java.lang.System.Logger.Level;

/**
 * Gives every {@code System.Logger} to standard error; java.util.logging would take half a
 * megabyte. The system property {@value #LEVEL} names the least level to tell; without it, that is
 * {@code INFO}.
 */
public final class StderrLoggerFinder extends System.LoggerFinder {
  public static final String LEVEL = "perfload.agent.log-level";

  @Override
  public System.Logger getLogger(String name, Module module) {
    return new StderrLogger(
        name, System.err, Level.valueOf(System.getProperty(LEVEL, Level.INFO.getName())));
  }
}
