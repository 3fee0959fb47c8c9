// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent;

import io.perfload.common.config.Layer;
import io.perfload.common.config.Setting;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the command line that agents are started with every day: options with values and nothing
 * else. Anything beyond that (help, a configuration file, a mistake) is for the full parser, whose
 * classes an agent would otherwise carry around for the rest of its life: docs/rationale.md, "The
 * agent's two parsers".
 */
final class PlainArguments {
  private PlainArguments() {}

  /** Returns what the arguments say; nothing if they are not plain. */
  static Optional<Layer> read(String[] args, List<Setting<?>> settings) {
    Map<String, List<String>> values = new HashMap<>();
    Map<String, String> names = new HashMap<>();
    for (int i = 0; i < args.length; i++) {
      String arg = args[i];
      int equals = arg.indexOf('=');
      String option = equals < 0 ? arg : arg.substring(0, equals);
      Setting<?> setting = named(option, settings).orElse(null);
      boolean hasValue = equals >= 0 || (i + 1 < args.length && !args[i + 1].startsWith("-"));
      if (setting == null || setting.isFlag() || !hasValue) {
        return Optional.empty();
      }
      String value = equals < 0 ? args[++i] : arg.substring(equals + 1);
      List<String> before = values.computeIfAbsent(setting.key(), key -> new ArrayList<>());
      if (!before.isEmpty() && !setting.isRepeatable()) {
        return Optional.empty();
      }
      before.add(value);
      names.put(setting.key(), option);
    }
    return Optional.of(new Layer("the command line", values, names));
  }

  private static Optional<Setting<?>> named(String option, List<Setting<?>> settings) {
    for (Setting<?> setting : settings) {
      if (setting.option().equals(option)) {
        return Optional.of(setting);
      }
    }
    return Optional.empty();
  }
}
