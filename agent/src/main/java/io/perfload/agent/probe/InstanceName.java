// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.probe;

import io.perfload.common.model.Series;

/** Makes a name that a series can have of whatever a system calls a part of itself. */
final class InstanceName {
  private InstanceName() {}

  /** Returns {@code text} without control characters; of a long one, the end. */
  static String of(String text) {
    int length = text.length();
    String end =
        length <= Series.MAX_INSTANCE ? text : text.substring(length - Series.MAX_INSTANCE);
    var plain = new StringBuilder(end.length());
    for (int i = 0; i < end.length(); i++) {
      char character = end.charAt(i);
      plain.append(Character.isISOControl(character) ? '?' : character);
    }
    return plain.toString();
  }
}
