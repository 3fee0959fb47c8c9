// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.common.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
  private static final Setting<Integer> PORT =
      Setting.integer("master.listen-port", "Where to listen.", 8000, 1, 65535);
  private static final Setting<Duration> WAIT =
      Setting.duration(
          "master.wait", "How long.", Duration.ofSeconds(5), Duration.ZERO, Duration.ofHours(1));
  private static final Setting<Long> SPOOL =
      Setting.bytes("master.spool", "How much.", 64L << 20, 1L << 20, 1L << 40);
  private static final Setting<List<String>> LABELS =
      Setting.text("master.label", "A label.", "").repeatable();
  private static final Setting<Optional<URI>> STORE =
      Setting.uri("master.mongo", "The store.", URI.create("mongodb://x"), "mongodb")
          .secret()
          .optional();
  private static final List<Setting<?>> ALL = List.of(PORT, WAIT, SPOOL, LABELS, STORE);

  @Test
  void withoutAnyLayerEverythingHasItsDefault() throws BadSettings {
    Settings settings = Settings.read(ALL, List.of());

    assertThat(settings.get(PORT)).isEqualTo(8000);
    assertThat(settings.get(WAIT)).isEqualTo(Duration.ofSeconds(5));
    assertThat(settings.get(SPOOL)).isEqualTo(64L << 20);
    assertThat(settings.get(LABELS)).isEmpty();
    assertThat(settings.get(STORE)).isEmpty();
  }

  @Test
  void theStrongestLayerWins() throws BadSettings {
    Layer file = layer(Map.of("master.listen-port", "1", "master.wait", "250ms"));
    Layer environment =
        Layer.environment(
            Map.of("PERFLOAD_MASTER_LISTEN_PORT", "2", "PERFLOAD_MASTER_LABEL", "a=b,c=d"), ALL);

    Settings settings = Settings.read(ALL, List.of(file, environment));

    assertThat(settings.get(PORT)).isEqualTo(2);
    assertThat(settings.get(WAIT)).isEqualTo(Duration.ofMillis(250));
    assertThat(settings.get(LABELS)).containsExactly("a=b", "c=d");
  }

  @Test
  void everyProblemIsToldAtOnceWithTheKeyAndWhatWasExpected() {
    Layer file =
        layer(
            Map.of(
                "master.listen-port", "99999",
                "master.lisen-port", "1",
                "master.wait", "soon",
                "master.spool", "1KB"));

    assertThatThrownBy(() -> Settings.read(ALL, List.of(file)))
        .isInstanceOf(BadSettings.class)
        .hasMessage(
            """
            4 problem(s) in the file:
              master.lisen-port: unknown setting (did you mean master.listen-port?)
              master.listen-port: '99999' (expected: an integer from 1 to 65535)
              master.wait: 'soon' (expected: a duration from 0s to 1h, such as 500ms, 1s or 24h)
              master.spool: '1KB' (expected: a size from 1MB to 1TB, such as 64MB)""");
  }

  @Test
  void anUnknownVariableOfTheRoleIsAnError() {
    Layer environment = Layer.environment(Map.of("PERFLOAD_MASTER_LISTEN_PROT", "1"), ALL);

    assertThatThrownBy(() -> Settings.read(ALL, List.of(environment)))
        .hasMessageContaining("did you mean PERFLOAD_MASTER_LISTEN_PORT?");
  }

  @Test
  void sectionsOfOtherRolesAreTheirBusiness() throws BadSettings {
    Layer file = layer(Map.of("agent.server", "here:8000"));

    assertThat(Settings.read(ALL, List.of(file)).get(PORT)).isEqualTo(8000);
  }

  @Test
  void aSectionOfNobodyIsAnError() {
    assertThatThrownBy(() -> Settings.read(ALL, List.of(layer(Map.of("mastre.wait", "1s")))))
        .hasMessageContaining("did you mean master.wait?");
  }

  @Test
  void aSecretIsNeverPrinted() {
    Layer file = layer(Map.of("master.mongo", "http://user:hunter2@host"));

    assertThatThrownBy(() -> Settings.read(ALL, List.of(file)))
        .hasMessageContaining("master.mongo: a secret (expected: a URI that begins with mongodb://")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void aSecretCanStandInAFile(@TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("uri"), "mongodb://u:p@host/db\n");

    Settings settings = Settings.read(ALL, List.of(layer(Map.of("master.mongo", "file:" + file))));

    assertThat(settings.get(STORE)).contains(URI.create("mongodb://u:p@host/db"));
  }

  @Test
  void aSecretThatIsNotWhereItShouldBeIsAProblem() {
    Layer file = layer(Map.of("master.mongo", "env:PERFLOAD_NOBODY_SET_THIS"));

    assertThatThrownBy(() -> Settings.read(ALL, List.of(file)))
        .hasMessageContaining("the environment variable PERFLOAD_NOBODY_SET_THIS is not set");
  }

  @Test
  void aSecretInAFileThatCannotBeIsAProblem() {
    assertThatThrownBy(() -> Settings.read(ALL, List.of(layer(Map.of("master.mongo", "file:\0")))))
        .isInstanceOf(BadSettings.class)
        .hasMessageContaining("master.mongo: the file");
  }

  @Test
  void aSecretIsNotReadWithoutEnd() {
    Layer file = layer(Map.of("master.mongo", "file:/dev/zero"));

    assertThatThrownBy(() -> Settings.read(ALL, List.of(file)))
        .isInstanceOf(BadSettings.class)
        .hasMessageContaining("longer than");
  }

  @Test
  void aSecretThatIsAListOfNothingIsAProblem() {
    Layer file = new Layer("the file", Map.of("master.mongo", List.of()), Map.of());

    assertThatThrownBy(() -> Settings.read(ALL, List.of(file)))
        .isInstanceOf(BadSettings.class)
        .hasMessageContaining("master.mongo: a secret (expected: a URI");
  }

  @Test
  void aDurationLongerThanAllTimeIsAProblem() {
    Layer file = layer(Map.of("master.wait", "999999999999999d"));

    assertThatThrownBy(() -> Settings.read(ALL, List.of(file)))
        .isInstanceOf(BadSettings.class)
        .hasMessageContaining("master.wait: '999999999999999d' (expected: a duration");
  }

  @Test
  void aLongValueIsShownInShort() {
    Layer file = layer(Map.of("master.wait", "x".repeat(100_000)));

    assertThatThrownBy(() -> Settings.read(ALL, List.of(file)))
        .message()
        .contains("xxx…")
        .hasSizeLessThan(500);
  }

  @Test
  void aRequiredSettingThatNobodyGaveIsAProblem() {
    Setting<String> name = Setting.text("agent.server", "Where.", "").required();

    assertThatThrownBy(() -> Settings.read(List.of(name), List.of()))
        .hasMessageContaining("agent.server: missing (expected: some text; --server)");
  }

  private static Layer layer(Map<String, String> values) {
    Map<String, List<String>> lists = new java.util.HashMap<>();
    values.forEach((key, value) -> lists.put(key, List.of(value)));
    return new Layer("the file", lists, Map.of());
  }
}
