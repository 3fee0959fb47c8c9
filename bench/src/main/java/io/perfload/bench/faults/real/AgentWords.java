// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.faults.real;

import io.perfload.agent.sample.Reading;
import io.perfload.common.model.HostId;
import io.perfload.common.model.Sample;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a process of agents and its harness say to each other, a line each. What is in a pipe
 * outlives the process that wrote it, however that ends.
 */
final class AgentWords {
  static final String READY = "ready";
  static final String QUIET = "quiet";
  static final String SET = "set ";
  static final String WAS_SET = "was set ";

  private static final String MADE = "made ";
  private static final String KEPT = "kept ";
  private static final Pattern SPACE = Pattern.compile(" ");
  private static final int FIXED = 5;

  private AgentWords() {}

  static String made(HostId host, Reading reading) {
    Sample sample = reading.sample();
    var line = new StringBuilder(160);
    line.append(MADE)
        .append(host)
        .append(' ')
        .append(reading.agentStartMs())
        .append(' ')
        .append(sample.sequence())
        .append(' ')
        .append(sample.takenAtMs());
    for (int column = 0; column < reading.set().size(); column++) {
      long value = sample.scaled()[column];
      if (value != Sample.ABSENT) {
        line.append(' ').append(reading.set().series().get(column).key()).append('=').append(value);
      }
    }
    return line.toString();
  }

  static String kept(HostId host, Reading reading) {
    return KEPT
        + host
        + ' '
        + reading.agentStartMs()
        + ' '
        + reading.sample().sequence()
        + ' '
        + reading.takenAtMs();
  }

  /** Reads what {@link #made} wrote; nothing if it is another line, or not a whole one. */
  static Optional<Made> made(String line) {
    return reading(line, MADE);
  }

  /** Reads what {@link #kept} wrote, without values. */
  static Optional<Made> kept(String line) {
    return reading(line, KEPT);
  }

  private static Optional<Made> reading(String line, String what) {
    String[] words = SPACE.split(line, -1);
    if (!line.startsWith(what) || words.length < FIXED) {
      return Optional.empty();
    }
    Map<String, Long> values = new HashMap<>();
    for (int i = FIXED; i < words.length; i++) {
      int equals = words[i].lastIndexOf('=');
      values.put(words[i].substring(0, equals), Long.parseLong(words[i].substring(equals + 1)));
    }
    return Optional.of(
        new Made(
            HostId.parse(words[1]).orElseThrow(),
            Long.parseLong(words[2]),
            Long.parseLong(words[3]),
            Long.parseLong(words[4]),
            values));
  }
}
