// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.perfload.common.config.Setting;
import io.perfload.common.config.Settings;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramTest {
  private static final Setting<Integer> PORT =
      Setting.integer("master.port", "The public port.", 8000, 1, 65535);
  private static final Setting<Boolean> DETACH =
      Setting.flag("master.detach", "Returns once it runs.");
  private static final Setting<List<String>> LABEL =
      Setting.text("master.label", "A label, k=v.", "").repeatable();

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final List<Settings> started = new ArrayList<>();
  private final List<Optional<Path>> files = new ArrayList<>();

  @Test
  void optionsWinOverTheEnvironmentAndThatOverTheFile(@TempDir Path directory) throws Exception {
    Path file =
        Files.writeString(
            directory.resolve("perfload.yaml"),
            "master:\n  port: 1\n  detach: true\n  label: [a=b, c=d]\nagent:\n  name: other\n");
    Map<String, String> environment = Map.of("PERFLOAD_MASTER_PORT", "2");

    assertThat(run(environment, "--config", file.toString())).isZero();
    assertThat(run(environment, "--config", file.toString(), "--port", "3")).isZero();

    assertThat(started).extracting(settings -> settings.get(PORT)).containsExactly(2, 3);
    assertThat(started.get(0).get(DETACH)).isTrue();
    assertThat(started.get(0).get(LABEL)).containsExactly("a=b", "c=d");
  }

  @Test
  void aFlagNeedsNoValueAndAnOptionCanBeRepeated() {
    assertThat(run(Map.of(), "--detach", "--label", "a=b", "--label=c=d")).isZero();

    assertThat(started.get(0).get(DETACH)).isTrue();
    assertThat(started.get(0).get(LABEL)).containsExactly("a=b", "c=d");
  }

  @Test
  void aFlagBeforeAnOptionDoesNotEatIt() {
    assertThat(run(Map.of(), "--detach", "--port", "9")).isZero();

    assertThat(started.get(0).get(PORT)).isEqualTo(9);
  }

  @Test
  void anUnknownOptionIsWrongUsage() {
    assertThat(run(Map.of(), "--prot", "1")).isEqualTo(Program.WRONG_USAGE);

    assertThat(text(err)).contains("--prot").contains("perfload master --help");
  }

  @Test
  void aBadValueIsABadConfigurationThatNamesItsOption() {
    assertThat(run(Map.of("PERFLOAD_MASTER_DETACH", "maybe"), "--port", "0"))
        .isEqualTo(Program.BAD_CONFIGURATION);

    assertThat(text(err))
        .contains("1 problem(s) in the command line:")
        .contains("--port: '0' (expected: an integer from 1 to 65535)")
        .contains("1 problem(s) in the environment:")
        .contains("PERFLOAD_MASTER_DETACH: 'maybe' (expected: true or false)");
    assertThat(started).isEmpty();
  }

  @Test
  void aFileThatIsNoYamlIsToldAsSuch(@TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("bad.yaml"), "master: [1, 2\n");

    assertThat(run(Map.of(), "--config", file.toString())).isEqualTo(Program.BAD_CONFIGURATION);
    assertThat(text(err)).contains(file.toString()).contains("is not YAML");
  }

  @Test
  void aFileThatIsNotThereIsToldAsSuch() {
    assertThat(run(Map.of(), "--config", "/nowhere/perfload.yaml"))
        .isEqualTo(Program.BAD_CONFIGURATION);
    assertThat(text(err)).contains("/nowhere/perfload.yaml").contains("cannot be read");
  }

  @Test
  void helpNamesEverySettingAndItsDefault() {
    assertThat(run(Map.of(), "--help")).isZero();

    assertThat(text(out))
        .contains("--port=PORT", "The public port. Default: 8000.", "--detach", "--config=FILE");
    assertThat(started).isEmpty();
  }

  @Test
  void versionIsTold() {
    assertThat(run(Map.of(), "--version")).isZero();

    assertThat(text(out)).matches("perfload \\d+\\.\\d+\\.\\d+\\R");
  }

  @Test
  void aSettingThatIsNotOfferedIsKnownToTheFileButIsNoOption(@TempDir Path directory)
      throws Exception {
    Path file =
        Files.writeString(directory.resolve("perfload.yaml"), "master: {port: 7, detach: true}\n");
    var status =
        new Program("perfload status", "Tells.", List.of(PORT, DETACH, LABEL), List.of(PORT));

    assertThat(run(status, Map.of(), "--config", file.toString())).isZero();
    assertThat(run(status, Map.of(), "--detach")).isEqualTo(Program.WRONG_USAGE);

    assertThat(started).extracting(settings -> settings.get(DETACH)).containsExactly(true);
  }

  @Test
  void theFileIsHandedOnAsAnAbsolutePath(@TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("perfload.yaml"), "");

    run(Map.of());
    run(Map.of(), "--config", file.toString());

    assertThat(files).containsExactly(Optional.empty(), Optional.of(file.toAbsolutePath()));
  }

  private int run(Map<String, String> environment, String... args) {
    return run(
        new Program("perfload master", "The front door.", List.of(PORT, DETACH, LABEL)),
        environment,
        args);
  }

  private int run(Program program, Map<String, String> environment, String... args) {
    return program.run(
        args,
        environment,
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        (settings, file) -> {
          started.add(settings);
          files.add(file);
          return 0;
        });
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
