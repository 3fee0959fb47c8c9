// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.common.model;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How a host presents itself.
 *
 * @param name what people call it: 1 to {@value #MAX_NAME} characters
 * @param labels at most {@value #MAX_LABELS}; keys and values at most {@value #MAX_LABEL}
 *     characters, keys not empty
 */
public record HostProfile(
    HostId id, String name, SortedMap<String, String> labels, HostFacts facts) {
  public static final int MAX_NAME = 253;
  public static final int MAX_LABELS = 64;
  public static final int MAX_LABEL = 128;

  public HostProfile {
    requireNonNull(id, "id");
    requireNonNull(facts, "facts");
    if (name.isBlank() || name.length() > MAX_NAME) {
      throw new IllegalArgumentException(
          "name: '" + name + "' (expected: 1 to " + MAX_NAME + " characters)");
    }
    labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    if (labels.size() > MAX_LABELS) {
      throw new IllegalArgumentException(
          "labels: " + labels.size() + " (expected: at most " + MAX_LABELS + ")");
    }
    labels.forEach(HostProfile::checkLabel);
  }

  private static void checkLabel(String key, String value) {
    if (key.isBlank() || key.length() > MAX_LABEL || value.length() > MAX_LABEL) {
      throw new IllegalArgumentException(
          "label: '"
              + key
              + "="
              + value
              + "' (expected: key=value, each at most "
              + MAX_LABEL
              + ")");
    }
  }
}
