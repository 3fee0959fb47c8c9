// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.standalone.child;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How to start a process.
 *
 * @param words the program and its arguments; anybody on this machine may read them
 * @param environment added to our own
 * @param log where what it prints is appended
 */
public record ChildCommand(
    Role role, List<String> words, Map<String, String> environment, Path log) {
  public ChildCommand {
    requireNonNull(role, "role");
    requireNonNull(log, "log");
    words = List.copyOf(words);
    environment = Map.copyOf(environment);
  }
}
