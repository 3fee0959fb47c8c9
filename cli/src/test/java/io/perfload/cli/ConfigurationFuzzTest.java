// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.perfload.common.config.BadSettings;
import io.perfload.common.config.HostPort;
import io.perfload.common.config.Layer;
import io.perfload.common.config.Problem;
import io.perfload.common.config.Setting;
import io.perfload.common.config.Settings;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Any text as a configuration file or, if it begins with {@code $}, as an environment of {@code
 * NAME=value} lines, then as a value of every setting there is.
 */
class ConfigurationFuzzTest {
  private static final int MAX_MESSAGE = 4 << 10;
  private static final Setting<Integer> PORT =
      Setting.integer("master.port", "The port.", 8000, 1, 65535);
  private static final Setting<Duration> WAIT =
      Setting.duration(
          "master.wait", "How long.", Duration.ofSeconds(5), Duration.ZERO, Duration.ofHours(1));
  private static final Setting<Long> SPOOL =
      Setting.bytes("agent.spool", "How much.", 64L << 20, 1L << 20, 1L << 40);
  private static final Setting<List<String>> LABELS =
      Setting.text("agent.label", "A label.", "").repeatable();
  private static final Setting<HostPort> SERVER =
      Setting.hostPort("agent.server", "Where.", new HostPort("here", 8000));
  private static final Setting<URI> STORE =
      Setting.uri("worker.mongo", "The store.", URI.create("mongodb://x"), "mongodb").secret();
  private static final Setting<Path> DATA = Setting.path("worker.data", "Where.", Path.of("data"));
  private static final Setting<Boolean> DETACH = Setting.flag("up.detach", "Returns at once.");
  private static final List<Setting<?>> ALL =
      List.of(PORT, WAIT, SPOOL, LABELS, SERVER, STORE, DATA, DETACH);

  @MethodSource
  @FuzzTest
  void everyTextIsSettingsOrAllThatIsWrongWithIt(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    if (text.startsWith("$")) {
      Map<String, String> variables = variables(text);
      judge(Layer.environment(variables, ALL), "the environment");
    } else {
      try {
        judge(ConfigFile.layer("the file", text), "the file");
      } catch (BadSettings e) {
        tells(e, "the file");
      }
    }
    everySettingTakesOrRefuses(text);
  }

  static Stream<byte[]> everyTextIsSettingsOrAllThatIsWrongWithIt() {
    return Stream.of(
            "master:\n  port: 8000\n  wait: 500ms\nagent:\n  label: [a=b, 'c=d']\n  spool: 64MB\n",
            "agent: {server: '[::1]:8000'}\nup:\n  detach: true\n# a comment\n",
            "worker:\n  mongo: mongodb://u:p@host/db\n  data: ./data\n",
            "worker:\n  mongo: file:/nowhere/secret\n  data: |\n    a\n    b\n",
            "worker:\n  mongo: []\n",
            "worker:\n  mongo: \"file:\\0\"\n",
            "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n",
            "agent: &a {label: *a}\n? [a]\n: b\n--- !!map {}\n",
            "$PERFLOAD_MASTER_PORT=99999\nPERFLOAD_AGENT_LABEL=a,b,,\nPERFLOAD_UP_X=1\nHOME=/\n",
            "$PERFLOAD_WORKER_MONGO=env:NOBODY\nPERFLOAD_WORKER_DATA=\nPERFLOAD_AGENT_LABEL=,\n",
            "999999999999999d",
            "1024tb",
            "[fe80::1%eth0]:65536",
            "env:PERFLOAD")
        .map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  /** What one layer says is wrong together is what is wrong key by key. */
  private static void judge(Layer layer, String source) {
    Set<String> together = problems(layer, source);
    Set<String> oneByOne = new HashSet<>();
    layer
        .values()
        .forEach(
            (key, values) ->
                oneByOne.addAll(
                    problems(new Layer(source, Map.of(key, values), layer.names()), source)));
    assertThat(together).isEqualTo(oneByOne);
  }

  private static void everySettingTakesOrRefuses(String text) {
    for (Setting<?> setting : ALL) {
      Layer layer = new Layer("the test", Map.of(setting.key(), List.of(text)), Map.of());
      assertThat(problems(layer, "the test"))
          .as(setting.key())
          .allMatch(problem -> problem.startsWith(setting.key() + ": "))
          .hasSizeLessThanOrEqualTo(1);
    }
  }

  private static Set<String> problems(Layer layer, String source) {
    try {
      Settings settings = Settings.read(ALL, List.of(layer));
      ALL.forEach(setting -> assertThat(settings.get(setting)).isNotNull());
      return Set.of();
    } catch (BadSettings e) {
      return tells(e, source);
    }
  }

  private static Set<String> tells(BadSettings wrong, String source) {
    Set<String> told = new HashSet<>();
    assertThat(wrong.problems()).isNotEmpty();
    for (Problem problem : wrong.problems()) {
      assertThat(problem.source()).isEqualTo(source);
      assertThat(problem.message()).isNotBlank().hasSizeLessThan(MAX_MESSAGE);
      told.add(problem.key() + ": " + problem.message());
    }
    return told;
  }

  private static Map<String, String> variables(String text) {
    Map<String, String> variables = new LinkedHashMap<>();
    for (String line : new ArrayList<>(Arrays.asList(text.substring(1).split("\n")))) {
      int equals = line.indexOf('=');
      if (equals > 0) {
        variables.put(line.substring(0, equals), line.substring(equals + 1));
      }
    }
    return variables;
  }
}
