// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.common.config;

import static java.util.Objects.requireNonNull;

/**
 * One thing wrong with a configuration.
 *
 * @param source where it stands
 * @param key as that source spells it
 * @param message what is wrong and what was expected
 */
public record Problem(String source, String key, String message) {
  public Problem {
    requireNonNull(source, "source");
    requireNonNull(key, "key");
    requireNonNull(message, "message");
  }
}
