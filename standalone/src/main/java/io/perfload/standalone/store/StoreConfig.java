// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.standalone.store;

import io.perfload.common.config.Setting;
import io.perfload.common.config.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What the embedded store needs to know.
 *
 * @param file where the documents are
 * @param port on loopback; 0 for any free one
 * @param portFile where the port is written once it answers
 * @param sync whether each write is forced to the disk before it is acknowledged
 */
public record StoreConfig(Path file, int port, Optional<Path> portFile, boolean sync) {
  private static final Setting<Path> FILE =
      Setting.path("store.file", "The file the documents are kept in.", Path.of("data/store.mv"));
  private static final Setting<Integer> PORT =
      Setting.integer("store.port", "Loopback port; 0 takes any free one.", 0, 0, 65535);
  private static final Setting<Optional<Path>> PORT_FILE =
      Setting.path("store.port-file", "Where to write the port once it answers.", Path.of("port"))
          .optional();
  private static final Setting<Boolean> SYNC =
      Setting.flag("store.sync", "Forces each write to the disk before it is acknowledged.");

  static List<Setting<?>> settings() {
    return List.of(FILE, PORT, PORT_FILE, SYNC);
  }

  static StoreConfig of(Settings settings) {
    return new StoreConfig(
        settings.get(FILE), settings.get(PORT), settings.get(PORT_FILE), settings.get(SYNC));
  }
}
