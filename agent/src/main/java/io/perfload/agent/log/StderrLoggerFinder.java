// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.log;

/**
 * Gives every {@code System.Logger} to standard error; java.util.logging would take half a
 * megabyte.
 */
public final class StderrLoggerFinder extends System.LoggerFinder {
  @Override
  public System.Logger getLogger(String name, Module module) {
    return new StderrLogger(name, System.err);
  }
}
