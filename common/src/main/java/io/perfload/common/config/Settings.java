// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.common.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The values of all declared settings, read once, before any thread starts. Immutable. */
public final class Settings {
  /** The roles a configuration file may have sections for; each program reads its own. */
  public static final Set<String> ROLES = Set.of("up", "master", "worker", "agent", "bench");

  private static final int MAX_SHOWN = 128;

  private final Map<String, Object> values;

  private Settings(Map<String, Object> values) {
    this.values = Map.copyOf(values);
  }

  /**
   * Reads every declared setting from the last layer that has it.
   *
   * @param layers from weakest to strongest
   * @throws BadSettings with all problems of all layers at once
   */
  public static Settings read(List<Setting<?>> declared, List<Layer> layers) throws BadSettings {
    List<Problem> problems = new ArrayList<>();
    for (Layer layer : layers) {
      problems.addAll(unknownKeys(declared, layer));
    }
    Map<String, Object> values = new HashMap<>();
    for (Setting<?> setting : declared) {
      readOne(setting, layers, problems).ifPresent(value -> values.put(setting.key(), value));
    }
    if (!problems.isEmpty()) {
      throw new BadSettings(problems);
    }
    return new Settings(values);
  }

  /** Returns the value of a setting that was declared. */
  @SuppressWarnings("unchecked") // readOne put the value of this very setting's parser there
  public <T> T get(Setting<T> setting) {
    Object value = values.get(setting.key());
    if (value == null) {
      throw new IllegalArgumentException("setting: " + setting + " (expected: a declared one)");
    }
    return (T) value;
  }

  private static <T> Optional<T> readOne(
      Setting<T> setting, List<Layer> layers, List<Problem> problems) {
    for (int i = layers.size() - 1; i >= 0; i--) {
      Layer layer = layers.get(i);
      List<String> texts = layer.values().get(setting.key());
      if (texts != null) {
        return parsed(setting, layer, texts, problems);
      }
    }
    if (setting.byDefault().isEmpty()) {
      problems.add(
          new Problem(
              "the configuration",
              setting.key(),
              "missing (expected: " + setting.expected() + "; " + setting.option() + ")"));
    }
    return setting.byDefault();
  }

  private static <T> Optional<T> parsed(
      Setting<T> setting, Layer layer, List<String> texts, List<Problem> problems) {
    String name = layer.nameOf(setting.key());
    List<String> plain = texts;
    if (setting.isSecret()) {
      try {
        plain = Secret.resolve(texts);
      } catch (Secret.Unavailable e) {
        problems.add(new Problem(layer.source(), name, String.valueOf(e.getMessage())));
        return Optional.empty();
      }
    }
    Optional<T> value = setting.parser().parse(plain);
    if (value.isEmpty()) {
      String shown =
          setting.isSecret() ? "a secret" : "'" + shortened(String.join(", ", texts)) + "'";
      problems.add(
          new Problem(layer.source(), name, shown + " (expected: " + setting.expected() + ")"));
    }
    return value;
  }

  private static String shortened(String text) {
    return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
  }

  private static List<Problem> unknownKeys(List<Setting<?>> declared, Layer layer) {
    List<String> known = declared.stream().map(Setting::key).toList();
    Set<String> ownRoles = declared.stream().map(Setting::role).collect(Collectors.toSet());
    return layer.values().keySet().stream()
        .filter(key -> !known.contains(key) && !isForAnotherRole(key, ownRoles))
        .sorted()
        .map(key -> new Problem(layer.source(), key, "unknown setting" + nearest(key, declared)))
        .toList();
  }

  private static boolean isForAnotherRole(String key, Set<String> ownRoles) {
    int dot = key.indexOf('.');
    String role = dot < 0 ? key : key.substring(0, dot);
    return ROLES.contains(role) && !ownRoles.contains(role);
  }

  private static String nearest(String key, List<Setting<?>> declared) {
    boolean variable = key.startsWith("PERFLOAD_");
    List<String> names =
        declared.stream().map(setting -> variable ? setting.variable() : setting.key()).toList();
    return Spelling.nearest(key, names).map(name -> " (did you mean " + name + "?)").orElse("");
  }
}
