// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.common.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A configuration that cannot be used. The message tells every problem, for an operator to read.
 */
public final class BadSettings extends Exception {
  private final transient List<Problem> problems;

  public BadSettings(List<Problem> problems) {
    super(message(problems));
    this.problems = List.copyOf(problems);
  }

  public List<Problem> problems() {
    return problems;
  }

  private static String message(List<Problem> problems) {
    return problems.stream()
        .collect(Collectors.groupingBy(Problem::source, LinkedHashMap::new, Collectors.toList()))
        .entrySet()
        .stream()
        .map(entry -> section(entry.getKey(), entry.getValue()))
        .collect(Collectors.joining("\n"));
  }

  private static String section(String source, List<Problem> problems) {
    return problems.size()
        + " problem(s) in "
        + source
        + ":"
        + problems.stream()
            .map(problem -> "\n  " + problem.key() + ": " + problem.message())
            .collect(Collectors.joining());
  }
}
