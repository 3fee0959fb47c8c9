// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.probe;

import io.perfload.common.model.Catalogue;
import java.io.IOException;

/** The load averages, from /proc/loadavg. */
final class LoadProbe implements Probe {
  private final TextSource loadavg;

  LoadProbe(TextSource loadavg) {
    this.loadavg = loadavg;
  }

  @Override
  public String subject() {
    return "load";
  }

  @Override
  public void read(Columns columns, long nanoTime) throws IOException {
    TextLines lines = loadavg.read();
    if (!lines.next()) {
      throw new IOException("/proc/loadavg is empty");
    }
    columns.of(Catalogue.LOAD_1M).set(lines.decimal());
    columns.of(Catalogue.LOAD_5M).set(lines.decimal());
    columns.of(Catalogue.LOAD_15M).set(lines.decimal());
  }
}
