// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.probe;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** Texts as kernels write them, and what was read of them by name. */
final class Fixture {
  static final long SECOND = 1_000_000_000L;

  private Fixture() {}

  static TextSource file(String name) {
    return () -> {
      try (InputStream in = Fixture.class.getResourceAsStream(name)) {
        if (in == null) {
          throw new IOException("no fixture " + name);
        }
        byte[] text = in.readAllBytes();
        return new TextLines().reset(text, text.length);
      }
    };
  }

  /** The files one after the other, the last for ever. */
  static TextSource files(String... names) {
    int[] next = {0};
    return () -> {
      String name = names[Math.min(next[0], names.length - 1)];
      next[0]++;
      return file(name).read();
    };
  }

  static TextLines text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new TextLines().reset(bytes, bytes.length);
  }

  /** The values there are, by key. */
  static Map<String, Double> take(Columns columns) {
    long[] values = columns.take();
    Map<String, Double> byKey = new TreeMap<>();
    for (int i = 0; i < values.length; i++) {
      var series = columns.set().series().get(i);
      double value = series.measure().unscale(values[i]);
      if (!Double.isNaN(value)) {
        byKey.put(series.key(), value);
      }
    }
    return byKey;
  }

  /** Reads at once and a second later. */
  static Map<String, Double> secondReading(Probe probe) throws IOException {
    var columns = new Columns();
    probe.read(columns, 0);
    columns.take();
    probe.read(columns, SECOND);
    return take(columns);
  }
}
