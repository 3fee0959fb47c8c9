// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.common.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** How values look when people read them: as they would write them. */
public final class Text {
  private static final String[] SIZES = {"B", "KB", "MB", "GB", "TB"};

  private Text() {}

  /** Returns {@code value} as it could stand in a configuration; empty for nothing. */
  public static String of(Object value) {
    if (value instanceof Optional<?> optional) {
      return optional.map(Text::of).orElse("");
    }
    if (value instanceof List<?> list) {
      return list.stream().map(Text::of).collect(Collectors.joining(", "));
    }
    if (value instanceof Duration duration) {
      return duration(duration.toMillis());
    }
    if (value instanceof Long bytes) {
      return bytes(bytes);
    }
    return value instanceof Path path ? path.toString() : value.toString();
  }

  private static String duration(long millis) {
    if (millis % 86_400_000 == 0 && millis > 0) {
      return millis / 86_400_000 + "d";
    }
    if (millis % 3_600_000 == 0 && millis > 0) {
      return millis / 3_600_000 + "h";
    }
    if (millis % 60_000 == 0 && millis > 0) {
      return millis / 60_000 + "m";
    }
    return millis % 1_000 == 0 ? millis / 1_000 + "s" : millis + "ms";
  }

  private static String bytes(long bytes) {
    int unit = 0;
    long rest = bytes;
    while (rest != 0 && rest % 1024 == 0 && unit < SIZES.length - 1) {
      rest /= 1024;
      unit++;
    }
    return rest + SIZES[unit];
  }
}
