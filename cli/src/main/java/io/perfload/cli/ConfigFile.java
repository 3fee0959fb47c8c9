// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.cli;

import io.perfload.common.config.BadSettings;
import io.perfload.common.config.Layer;
import io.perfload.common.config.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** A YAML file with a section a role and a setting a line. */
public final class ConfigFile {
  private static final int MAX_CODE_POINTS = 1 << 20;

  private ConfigFile() {}

  /**
   * Reads the file as one layer.
   *
   * @throws BadSettings when it cannot be read, is no YAML, or is not sections of settings
   */
  public static Layer read(Path file) throws BadSettings {
    Object document = document(file);
    List<Problem> problems = new ArrayList<>();
    Map<String, List<String>> values = new LinkedHashMap<>();
    if (document instanceof Map<?, ?> sections) {
      sections.forEach((role, section) -> section(role, section, values, problems, file));
    } else {
      problems.add(problem(file, "the file", "must have sections such as 'master:'"));
    }
    if (!problems.isEmpty()) {
      throw new BadSettings(problems);
    }
    return new Layer(file.toString(), values, Map.of());
  }

  private static Object document(Path file) throws BadSettings {
    var settings =
        LoadSettings.builder().setLabel(file.toString()).setCodePointLimit(MAX_CODE_POINTS).build();
    try {
      Object document = new Load(settings).loadFromString(Files.readString(file));
      return document == null ? Map.of() : document;
    } catch (IOException e) {
      throw new BadSettings(List.of(problem(file, "the file", "cannot be read: " + e)));
    } catch (YamlEngineException e) {
      throw new BadSettings(List.of(problem(file, "the file", "is not YAML: " + e.getMessage())));
    }
  }

  private static void section(
      Object role,
      Object section,
      Map<String, List<String>> values,
      List<Problem> problems,
      Path file) {
    if (section instanceof Map<?, ?> settings) {
      settings.forEach(
          (name, value) -> {
            String key = role + "." + name;
            if (value instanceof Map) {
              problems.add(problem(file, key, "a section within a section (expected: a value)"));
            } else {
              values.put(key, texts(value));
            }
          });
    } else if (section != null) {
      problems.add(
          problem(
              file, String.valueOf(role), "'" + section + "' (expected: a section of settings)"));
    }
  }

  private static List<String> texts(Object value) {
    return value instanceof List<?> list
        ? list.stream().map(String::valueOf).toList()
        : List.of(String.valueOf(value));
  }

  private static Problem problem(Path file, String key, String message) {
    return new Problem(file.toString(), key, message);
  }
}
