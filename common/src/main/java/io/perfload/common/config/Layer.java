// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.common.config;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What one place says: a file, the environment, the command line.
 *
 * @param source as people call it, such as a file's path
 * @param values by key; several for a repeated setting
 * @param names how the source itself spells a key, where it differs
 */
public record Layer(String source, Map<String, List<String>> values, Map<String, String> names) {
  private static final String PREFIX = "PERFLOAD_";

  public Layer {
    requireNonNull(source, "source");
    values = Map.copyOf(values);
    names = Map.copyOf(names);
  }

  /**
   * Takes the variables that belong to the roles of {@code declared}. A variable of such a role
   * that no setting has is kept under its own name, to be reported.
   */
  public static Layer environment(Map<String, String> environment, List<Setting<?>> declared) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    Map<String, String> names = new LinkedHashMap<>();
    environment.forEach(
        (name, value) -> {
          Optional<Setting<?>> setting = named(name, declared);
          if (setting.isPresent()) {
            String key = setting.get().key();
            values.put(
                key, setting.get().isRepeatable() ? List.of(value.split(",")) : List.of(value));
            names.put(key, name);
          } else if (belongs(name, declared)) {
            values.put(name, List.of(value));
          }
        });
    return new Layer("the environment", values, names);
  }

  /** How this source spells {@code key}. */
  String nameOf(String key) {
    return names.getOrDefault(key, key);
  }

  private static Optional<Setting<?>> named(String name, List<Setting<?>> declared) {
    return declared.stream().filter(setting -> setting.variable().equals(name)).findFirst();
  }

  private static boolean belongs(String name, List<Setting<?>> declared) {
    return declared.stream()
        .map(setting -> PREFIX + setting.role().toUpperCase(Locale.ROOT) + "_")
        .anyMatch(name::startsWith);
  }
}
