// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.faults.real;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What processes wrote about themselves. */
final class Words {
  private Words() {}

  /** How often {@code text} is in a file. */
  static int count(Path file, String text) throws IOException {
    if (!Files.exists(file)) {
      return 0;
    }
    String all = Files.readString(file, StandardCharsets.ISO_8859_1);
    int count = 0;
    for (int at = all.indexOf(text); at >= 0; at = all.indexOf(text, at + 1)) {
      count++;
    }
    return count;
  }

  static boolean has(Path file, String text) throws IOException {
    return count(file, text) > 0;
  }
}
