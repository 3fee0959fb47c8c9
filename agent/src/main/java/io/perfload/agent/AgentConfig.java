// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent;

import io.perfload.agent.spool.SpoolLimits;
import io.perfload.common.config.HostPort;
import io.perfload.common.config.Parser;
import io.perfload.common.config.Setting;
import io.perfload.common.config.Settings;
import io.perfload.common.model.HostProfile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * How the agent was set up.
 *
 * @param name what people call this host, if they say so
 * @param token what proves the agent to the server; empty if nothing
 * @param data where identity and spool are kept
 * @param syncEach whether each sample has to survive the end of the machine
 */
public record AgentConfig(
    HostPort server,
    Optional<String> name,
    SortedMap<String, String> labels,
    Duration interval,
    String token,
    Path data,
    SpoolLimits spool,
    boolean syncEach) {
  private static final Duration LONGEST_INTERVAL = Duration.ofMinutes(5);

  private static final Setting<HostPort> SERVER =
      Setting.hostPort(
              "agent.server", "Where samples are sent to.", new HostPort("localhost", 8000))
          .required();
  private static final Setting<Optional<String>> NAME =
      Setting.of(
              "agent.name",
              "What people call this host. Default: its host name.",
              "",
              Parser.of("1 to " + HostProfile.MAX_NAME + " characters", AgentConfig::nameOf))
          .optional();
  private static final Setting<List<Label>> LABEL =
      Setting.of(
              "agent.label",
              "A label, as key=value; may be given many times.",
              new Label("", ""),
              Parser.of("key=value", Label::of))
          .repeatable();
  private static final Setting<Duration> INTERVAL =
      Setting.of(
          "agent.interval",
          "How often the machine is read.",
          Duration.ofSeconds(1),
          Parser.of("whole seconds from 1s to 5m, such as 1s or 30s", AgentConfig::interval));
  private static final Setting<Optional<String>> TOKEN =
      Setting.text(
              "agent.token",
              "What proves this agent to the server; may be env:NAME or file:PATH.",
              "none")
          .secret()
          .optional();
  private static final Setting<Path> DATA =
      Setting.path(
          "agent.data",
          "Where this host's identity and what is not yet acknowledged are kept.",
          DataDirectory.byDefault(System.getenv(), System.getProperty("user.home", ".")));
  private static final Setting<Long> SPOOL_BYTES =
      Setting.bytes(
          "agent.spool-bytes",
          "Space that unacknowledged chunks may take; past it the oldest go.",
          64L << 20,
          1L << 20,
          1L << 40);
  private static final Setting<Duration> SPOOL_AGE =
      Setting.duration(
          "agent.spool-age",
          "How many minutes of unacknowledged samples are kept; past them the oldest go.",
          Duration.ofHours(24),
          Duration.ofMinutes(2),
          Duration.ofDays(365));
  private static final Setting<Sync> SYNC =
      Setting.of(
          "agent.sync",
          "What is forced to the disk: each chunk (a power cut takes a minute at most) or, with 1s,"
              + " each sample.",
          Sync.CHUNK,
          Parser.of("chunk or 1s", Sync::of));

  /** All settings, in the order of {@code --help}. */
  public static List<Setting<?>> settings() {
    return List.of(SERVER, NAME, LABEL, INTERVAL, TOKEN, DATA, SPOOL_BYTES, SPOOL_AGE, SYNC);
  }

  static AgentConfig of(Settings settings) {
    SortedMap<String, String> labels = new TreeMap<>();
    for (Label label : settings.get(LABEL)) {
      labels.put(label.key(), label.value());
    }
    return new AgentConfig(
        settings.get(SERVER),
        settings.get(NAME),
        labels,
        settings.get(INTERVAL),
        settings.get(TOKEN).orElse(""),
        settings.get(DATA),
        new SpoolLimits(settings.get(SPOOL_BYTES), settings.get(SPOOL_AGE)),
        settings.get(SYNC) == Sync.SAMPLE);
  }

  /** Never prints the token. */
  @Override
  public String toString() {
    return "AgentConfig[server=" + server + ", data=" + data + "]";
  }

  private static Optional<String> nameOf(String text) {
    return Optional.of(text)
        .filter(name -> !name.isBlank() && name.length() <= HostProfile.MAX_NAME);
  }

  private static Optional<Duration> interval(String text) {
    if (!text.matches("[1-9]\\d{0,5}(s|m)")) {
      return Optional.empty();
    }
    long number = Long.parseLong(text.substring(0, text.length() - 1));
    Duration interval =
        text.endsWith("s") ? Duration.ofSeconds(number) : Duration.ofMinutes(number);
    return Optional.of(interval).filter(found -> found.compareTo(LONGEST_INTERVAL) <= 0);
  }

  /** What survives the end of the machine. */
  private enum Sync {
    CHUNK("chunk"),
    SAMPLE("1s");

    private final String label;

    Sync(String label) {
      this.label = label;
    }

    static Optional<Sync> of(String text) {
      return Stream.of(values()).filter(sync -> sync.label.equals(text)).findFirst();
    }

    @Override
    public String toString() {
      return label;
    }
  }

  /** A word that people sort hosts by. */
  private record Label(String key, String value) {
    static Optional<Label> of(String text) {
      int equals = text.indexOf('=');
      return equals < 1
              || equals > HostProfile.MAX_LABEL
              || text.length() - equals - 1 > HostProfile.MAX_LABEL
              || text.substring(0, equals).isBlank()
          ? Optional.empty()
          : Optional.of(new Label(text.substring(0, equals), text.substring(equals + 1)));
    }

    @Override
    public String toString() {
      return key + "=" + value;
    }
  }
}
