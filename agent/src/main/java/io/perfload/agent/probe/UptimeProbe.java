// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.probe;

import io.perfload.common.model.Catalogue;
import java.io.IOException;

/** Time since the machine started, from /proc/uptime. */
final class UptimeProbe implements Probe {
  private final TextSource uptime;

  UptimeProbe(TextSource uptime) {
    this.uptime = uptime;
  }

  @Override
  public String subject() {
    return "uptime";
  }

  @Override
  public void read(Columns columns, long nanoTime) throws IOException {
    TextLines lines = uptime.read();
    if (!lines.next()) {
      throw new IOException("/proc/uptime is empty");
    }
    columns.of(Catalogue.UPTIME).set(Math.floor(lines.decimal()));
  }
}
