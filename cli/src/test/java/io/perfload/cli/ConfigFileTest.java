// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.perfload.common.config.BadSettings;
import io.perfload.common.config.Layer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFileTest {
  @Test
  void valuesAreTakenAsTheyAreWritten() throws Exception {
    Layer layer =
        read("agent:\n  name: 1.10\n  label: [007, null]\n  token: ~\n  note:\nmaster:\n");

    assertThat(layer.values())
        .containsEntry("agent.name", List.of("1.10"))
        .containsEntry("agent.label", List.of("007", "null"))
        .containsEntry("agent.token", List.of("~"))
        .containsEntry("agent.note", List.of(""))
        .hasSize(4);
  }

  @Test
  void aFileOfNothingHasNoSettings() throws Exception {
    assertThat(read("").values()).isEmpty();
    assertThat(read("# nothing yet\n").values()).isEmpty();
  }

  @Test
  void aFileThatIsNestedDeeplyIsRefused() {
    assertThat(refused("[".repeat(50_000))).contains("nested");
    assertThat(refused("a: " + "[".repeat(50_000) + "]".repeat(50_000))).contains("nested");
  }

  @Test
  void listsWithinListsAreRefusedAndNotWrittenOut() {
    var text = new StringBuilder("agent:\n  l0: &l0 [x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 7; i++) {
      text.append("  l" + i + ": &l" + i + " [" + ("*l" + (i - 1) + ", ").repeat(7) + "x]\n");
    }

    assertThat(refused(text.toString())).contains("agent.l6").hasSizeLessThan(2_000);
    assertThat(refused("agent: &all [*all]")).contains("agent").hasSizeLessThan(2_000);
    assertThat(refused("agent:\n  label: &all [[*all]]")).contains("agent.label");
  }

  @Test
  void tagsAreRefusedWhateverIsInThem() {
    assertThat(refused("!%0e\n\n \u00c3")).contains("has a tag");
    assertThat(refused("agent:\n  name: !!int x\n")).contains("has a tag");
    assertThat(refused("agent: !!map {}\n")).contains("has a tag");
  }

  @Test
  void keysAreWords() {
    assertThat(refused("? [a, b]\n: c\n")).contains("not YAML");
    assertThat(refused("agent:\n  ? {a: b}\n  : c\n")).contains("not YAML");
  }

  @Test
  void whatIsLongIsShownInShort() {
    assertThat(refused("agent: " + "x".repeat(5_000))).contains("xxx…").hasSizeLessThan(500);
  }

  @Test
  void aFileThatIsLargerThanAnyConfigurationIsNotRead(@TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("perfload.yaml"), "#".repeat(2 << 20));

    assertThatThrownBy(() -> ConfigFile.read(file))
        .isInstanceOf(BadSettings.class)
        .hasMessageContaining("longer than");
  }

  private static Layer read(String text) throws BadSettings {
    return ConfigFile.layer("perfload.yaml", text);
  }

  private static String refused(String text) {
    try {
      return "taken: " + read(text).values().keySet();
    } catch (BadSettings e) {
      return String.valueOf(e.getMessage());
    }
  }
}
