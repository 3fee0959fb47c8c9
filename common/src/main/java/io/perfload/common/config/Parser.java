// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.common.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes a value of text.
 *
 * @param <T> what it makes
 */
public final class Parser<T> {
  private static final Pattern AMOUNT = Pattern.compile("(\\d{1,15})\\s*([a-zA-Z]*)");
  private static final Pattern HOST_PORT =
      Pattern.compile("(?:\\[([0-9a-fA-F:.%]+)\\]|([^:\\s\\[\\]]+)):(\\d{1,5})");
  private static final Map<String, Duration> TIMES =
      Map.of(
          "ms", Duration.ofMillis(1),
          "s", Duration.ofSeconds(1),
          "m", Duration.ofMinutes(1),
          "h", Duration.ofHours(1),
          "d", Duration.ofDays(1));
  private static final Map<String, Long> SIZES =
      Map.of("", 1L, "b", 1L, "kb", 1L << 10, "mb", 1L << 20, "gb", 1L << 30, "tb", 1L << 40);

  private final String expected;
  private final Function<List<String>, Optional<T>> parse;

  private Parser(String expected, Function<List<String>, Optional<T>> parse) {
    this.expected = expected;
    this.parse = parse;
  }

  /**
   * A parser of one text.
   *
   * @param expected ends the sentence "expected: …"
   * @param parse returns nothing for text that is no such value
   */
  public static <T> Parser<T> of(String expected, Function<String, Optional<T>> parse) {
    return new Parser<>(
        expected, texts -> texts.size() == 1 ? parse.apply(texts.get(0)) : Optional.empty());
  }

  static Parser<Integer> integer(int min, int max) {
    return of(
        "an integer from " + min + " to " + max,
        text ->
            text.matches("-?\\d{1,9}")
                ? Optional.of(Integer.valueOf(text)).filter(value -> value >= min && value <= max)
                : Optional.empty());
  }

  static Parser<Duration> duration(Duration min, Duration max) {
    return of(
        "a duration from " + Text.of(min) + " to " + Text.of(max) + ", such as 500ms, 1s or 24h",
        text ->
            amount(text, TIMES)
                .filter(found -> found.number() <= max.dividedBy(found.unit()))
                .map(found -> found.unit().multipliedBy(found.number()))
                .filter(value -> value.compareTo(min) >= 0 && value.compareTo(max) <= 0));
  }

  static Parser<Long> bytes(long min, long max) {
    return of(
        "a size from " + Text.of(min) + " to " + Text.of(max) + ", such as 64MB",
        text ->
            amount(text, SIZES)
                .filter(found -> found.number() <= max / found.unit())
                .map(found -> found.unit() * found.number())
                .filter(value -> value >= min && value <= max));
  }

  static Parser<String> text() {
    return of("some text", text -> Optional.of(text).filter(value -> !value.isBlank()));
  }

  static Parser<Path> path() {
    return of("a path", Parser::pathOf);
  }

  static Parser<URI> uri(List<String> schemes) {
    return of(
        "a URI that begins with " + String.join(":// or ", schemes) + "://",
        text -> uriOf(text).filter(uri -> schemes.contains(uri.getScheme())));
  }

  static Parser<HostPort> hostPort() {
    return of("HOST:PORT", Parser::hostPortOf);
  }

  static Parser<Boolean> flag() {
    return of(
        "true or false",
        text ->
            switch (text.toLowerCase(Locale.ROOT)) {
              case "true" -> Optional.of(true);
              case "false" -> Optional.of(false);
              default -> Optional.empty();
            });
  }

  <U> Parser<U> map(Function<T, U> change) {
    return new Parser<>(expected, texts -> parse.apply(texts).map(change));
  }

  Parser<List<T>> each() {
    return new Parser<>(expected, this::parseEach);
  }

  String expected() {
    return expected;
  }

  Optional<T> parse(List<String> texts) {
    return parse.apply(texts);
  }

  private Optional<List<T>> parseEach(List<String> texts) {
    List<T> values = new ArrayList<>();
    for (String text : texts) {
      Optional<T> value = parse.apply(List.of(text));
      if (value.isEmpty()) {
        return Optional.empty();
      }
      values.add(value.get());
    }
    return Optional.of(List.copyOf(values));
  }

  private static <U> Optional<Amount<U>> amount(String text, Map<String, U> units) {
    Matcher matcher = AMOUNT.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    U unit = units.get(matcher.group(2).toLowerCase(Locale.ROOT));
    return unit == null
        ? Optional.empty()
        : Optional.of(new Amount<>(Long.parseLong(matcher.group(1)), unit));
  }

  private static Optional<Path> pathOf(String text) {
    try {
      return text.isBlank() ? Optional.empty() : Optional.of(Path.of(text));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private static Optional<URI> uriOf(String text) {
    try {
      return Optional.of(new URI(text)).filter(uri -> uri.getScheme() != null);
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  private static Optional<HostPort> hostPortOf(String text) {
    Matcher matcher = HOST_PORT.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int port = Integer.parseInt(matcher.group(3));
    String host = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
    return port > 65535 || host == null ? Optional.empty() : Optional.of(new HostPort(host, port));
  }

  private record Amount<U>(long number, U unit) {}
}
