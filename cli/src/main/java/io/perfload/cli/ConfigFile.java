// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.cli;

import io.perfload.common.config.BadSettings;
import io.perfload.common.config.Layer;
import io.perfload.common.config.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;

/**
 * A YAML file with a section a role and a setting a line. A value is taken as it is written: what
 * it means is for its setting to say, so {@code 1.10} stays what it is.
 */
public final class ConfigFile {
  private static final int MAX_BYTES = 1 << 20;

  /** Sections, their settings and lists of values; one more to say what is wrong. */
  private static final int MAX_DEPTH = 4;

  private static final int MAX_SHOWN = 64;

  private ConfigFile() {}

  /**
   * Reads the file as one layer.
   *
   * @throws BadSettings when it cannot be read, is no YAML, or is not sections of settings
   */
  public static Layer read(Path file) throws BadSettings {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw problem(file.toString(), "is longer than " + MAX_BYTES + " bytes");
      }
      return layer(file.toString(), decoded(bytes));
    } catch (IOException e) {
      throw problem(file.toString(), "cannot be read: " + e);
    }
  }

  /** Takes {@code text} as what stands in {@code source}. */
  static Layer layer(String source, String text) throws BadSettings {
    var problems = new ArrayList<Problem>();
    Map<String, List<String>> values = new LinkedHashMap<>();
    Object document = document(source, text);
    if (document instanceof Map<?, ?> sections) {
      sections.forEach(
          (role, section) ->
              section(String.valueOf(role), section, values)
                  .forEach((key, wrong) -> problems.add(new Problem(source, key, wrong))));
    } else if (!document.equals("")) {
      throw problem(source, "must have sections such as 'master:'");
    }
    if (!problems.isEmpty()) {
      throw new BadSettings(problems);
    }
    return new Layer(source, values, Map.of());
  }

  private static Object document(String source, String text) throws BadSettings {
    var settings =
        LoadSettings.builder()
            .setLabel(source)
            .setCodePointLimit(MAX_BYTES)
            .setSchema(new FailsafeSchema())
            .setTagConstructors(Map.of(Tag.NULL, nothing -> ""))
            .setAllowNonScalarKeys(false)
            .build();
    try {
      Optional<String> refusal = refusal(new Parse(settings).parseString(text));
      if (refusal.isPresent()) {
        throw problem(source, refusal.get());
      }
      Object document = new Load(settings).loadFromString(text);
      return document == null ? "" : document;
    } catch (YamlEngineException e) {
      throw problem(source, "is not YAML: " + e.getMessage());
    }
  }

  /** To be asked first: making values of events recurses, and fails on tags that are none. */
  private static Optional<String> refusal(Iterable<Event> events) {
    int depth = 0;
    for (Event event : events) {
      if (isTagged(event)) {
        return Optional.of("has a tag, a word that begins with '!'; put such a value in quotes");
      }
      switch (event.getEventId()) {
        case MappingStart, SequenceStart -> depth++;
        case MappingEnd, SequenceEnd -> depth--;
        default -> {}
      }
      if (depth > MAX_DEPTH) {
        return Optional.of("is nested more deeply than sections, settings and lists of values");
      }
    }
    return Optional.empty();
  }

  private static boolean isTagged(Event event) {
    return event instanceof ScalarEvent scalar
        ? scalar.getTag().isPresent()
        : event instanceof CollectionStartEvent start && start.getTag().isPresent();
  }

  /** Adds the settings of a section to {@code values}; returns what is wrong, by key. */
  private static Map<String, String> section(
      String role, Object section, Map<String, List<String>> values) {
    Map<String, String> wrong = new LinkedHashMap<>();
    if (section instanceof Map<?, ?> settings) {
      settings.forEach(
          (name, value) -> {
            String key = role + "." + name;
            texts(value)
                .ifPresentOrElse(
                    texts -> values.put(key, texts),
                    () -> wrong.put(key, shown(value) + " (expected: a value or a list of them)"));
          });
    } else if (!section.equals("")) {
      wrong.put(role, shown(section) + " (expected: a section of settings)");
    }
    return wrong;
  }

  private static Optional<List<String>> texts(Object value) {
    if (value instanceof String text) {
      return Optional.of(List.of(text));
    }
    if (value instanceof List<?> list && list.stream().allMatch(String.class::isInstance)) {
      return Optional.of(list.stream().map(String::valueOf).toList());
    }
    return Optional.empty();
  }

  /** A list or section is not written out: it may have itself in it. */
  private static String shown(Object value) {
    if (!(value instanceof String text)) {
      return value instanceof Map ? "a section within a section" : "a list";
    }
    return "'" + (text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…") + "'";
  }

  private static String decoded(byte[] bytes) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }

  private static BadSettings problem(String source, String message) {
    return new BadSettings(List.of(new Problem(source, "the file", message)));
  }
}
