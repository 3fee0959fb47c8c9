// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.common.config;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * One thing that can be set, with its default in one place.
 *
 * @param <T> what a program gets
 */
public final class Setting<T> {
  private final String key;
  private final Parser<T> parser;
  private final Optional<T> byDefault;
  private final Traits traits;

  private Setting(String key, Parser<T> parser, Optional<T> byDefault, Traits traits) {
    if (!key.matches("[a-z]+\\.[a-z0-9]+(-[a-z0-9]+)*")) {
      throw new IllegalArgumentException("key: '" + key + "' (expected: role.name-with-dashes)");
    }
    this.key = key;
    this.parser = parser;
    this.byDefault = byDefault;
    this.traits = traits;
  }

  /** A whole number within bounds, both included. */
  public static Setting<Integer> integer(
      String key, String description, int byDefault, int min, int max) {
    return of(key, description, byDefault, Parser.integer(min, max));
  }

  /** A span of time such as {@code 500ms}, {@code 1s}, {@code 10m}, {@code 24h} or {@code 7d}. */
  public static Setting<Duration> duration(
      String key, String description, Duration byDefault, Duration min, Duration max) {
    return of(key, description, byDefault, Parser.duration(min, max));
  }

  /** A number of bytes such as {@code 64MB}; units are powers of 1024. */
  public static Setting<Long> bytes(
      String key, String description, long byDefault, long min, long max) {
    return of(key, description, byDefault, Parser.bytes(min, max));
  }

  /** Text of at least one character. */
  public static Setting<String> text(String key, String description, String byDefault) {
    return of(key, description, byDefault, Parser.text());
  }

  /** A file or directory; need not exist. */
  public static Setting<Path> path(String key, String description, Path byDefault) {
    return of(key, description, byDefault, Parser.path());
  }

  /** A URI with one of {@code schemes}. */
  public static Setting<URI> uri(String key, String description, URI byDefault, String... schemes) {
    return of(key, description, byDefault, Parser.uri(List.of(schemes)));
  }

  /** A host and a port. */
  public static Setting<HostPort> hostPort(String key, String description, HostPort byDefault) {
    return of(key, description, byDefault, Parser.hostPort());
  }

  /** Off unless named. */
  public static Setting<Boolean> flag(String key, String description) {
    Setting<Boolean> setting = of(key, description, false, Parser.flag());
    return new Setting<>(
        key, setting.parser, setting.byDefault, new Traits(description, false, true, false));
  }

  /** Any value with a parser of its own. */
  public static <T> Setting<T> of(String key, String description, T byDefault, Parser<T> parser) {
    return new Setting<>(
        key,
        parser,
        Optional.of(byDefault),
        new Traits(requireNonNull(description, "description"), false, false, false));
  }

  /** The same setting without a default: who reads it gets an {@code Optional}. */
  public Setting<Optional<T>> optional() {
    return new Setting<>(key, parser.map(Optional::of), Optional.of(Optional.empty()), traits);
  }

  /** The same setting that must be given. */
  public Setting<T> required() {
    return new Setting<>(key, parser, Optional.empty(), traits);
  }

  /** The same setting, never printed; its value may be {@code env:NAME} or {@code file:PATH}. */
  public Setting<T> secret() {
    return new Setting<>(
        key,
        parser,
        byDefault,
        new Traits(traits.description, true, traits.flag, traits.repeatable));
  }

  /** The same setting that may be given many times; nothing by default. */
  public Setting<List<T>> repeatable() {
    return new Setting<>(
        key,
        parser.each(),
        Optional.of(List.of()),
        new Traits(traits.description, traits.secret, false, true));
  }

  /** The same setting, turned into something else. */
  public <U> Setting<U> map(Function<T, U> change) {
    return new Setting<>(key, parser.map(change), byDefault.map(change), traits);
  }

  /** {@code role.name-with-dashes}. */
  public String key() {
    return key;
  }

  /** The role whose setting this is: the key up to the dot. */
  public String role() {
    return key.substring(0, key.indexOf('.'));
  }

  /** {@code --name-with-dashes}. */
  public String option() {
    return "--" + key.substring(key.indexOf('.') + 1);
  }

  /** {@code PERFLOAD_ROLE_NAME_WITH_DASHES}. */
  public String variable() {
    return "PERFLOAD_" + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  /** One sentence for {@code --help}. */
  public String description() {
    return traits.description;
  }

  /** What a value must look like. */
  public String expected() {
    return parser.expected();
  }

  /** The default, if there is one. */
  public Optional<T> byDefault() {
    return byDefault;
  }

  public boolean isSecret() {
    return traits.secret;
  }

  /** Whether the option stands for {@code true} without a value. */
  public boolean isFlag() {
    return traits.flag;
  }

  public boolean isRepeatable() {
    return traits.repeatable;
  }

  Parser<T> parser() {
    return parser;
  }

  @Override
  public String toString() {
    return key;
  }

  private record Traits(String description, boolean secret, boolean flag, boolean repeatable) {}
}
