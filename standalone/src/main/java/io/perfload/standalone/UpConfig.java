// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.standalone;

import io.perfload.common.config.HostPort;
import io.perfload.common.config.Setting;
import io.perfload.common.config.Settings;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What {@code perfload up} is told.
 *
 * @param door where the page will be; port 0 for any free one
 * @param workers how many; the master decides if nothing is said
 * @param data where everything is kept; absolute
 * @param redis a Redis to use instead of the embedded one
 * @param mongo a MongoDB to use instead of the embedded store
 * @param storeSync whether the embedded store forces each write to the disk
 * @param agent whether this machine is watched
 * @param detach whether the command returns once the page answers
 */
record UpConfig(
    HostPort door,
    Optional<Integer> workers,
    Path data,
    Optional<URI> redis,
    Optional<URI> mongo,
    boolean storeSync,
    boolean agent,
    boolean detach) {
  private static final int MAX_WORKERS = 128;

  private static final Setting<Integer> PORT =
      Setting.integer("up.port", "The door: agents and browsers come here.", 8000, 0, 65535);
  private static final Setting<String> BIND =
      Setting.text(
          "up.bind",
          "The address to listen at; 0.0.0.0 lets other machines in, and there is no log-in yet.",
          "127.0.0.1");
  private static final Setting<Optional<Integer>> WORKERS =
      Setting.integer("up.workers", "How many workers; one a core if not given.", 1, 1, MAX_WORKERS)
          .optional();
  static final Setting<Path> DATA =
      Setting.path("up.data", "Where everything is kept; made with mode 0700.", Path.of("data"));
  private static final Setting<Optional<URI>> REDIS =
      Setting.uri(
              "up.redis",
              "A Redis of yours instead of the embedded one: redis://:PASSWORD@HOST:PORT,"
                  + " or env:NAME or file:PATH that holds it.",
              URI.create("redis://localhost"),
              "redis",
              "rediss")
          .secret()
          .optional();
  private static final Setting<Optional<URI>> MONGO =
      Setting.uri(
              "up.mongo",
              "A MongoDB of yours instead of the embedded store: mongodb://NAME:PASSWORD@HOST:PORT,"
                  + " or env:NAME or file:PATH that holds it.",
              URI.create("mongodb://localhost"),
              "mongodb",
              "mongodb+srv")
          .secret()
          .optional();
  private static final Setting<Boolean> STORE_SYNC =
      Setting.flag(
          "up.store-sync",
          "The embedded store forces each write to the disk, so that a power cut takes none.");
  private static final Setting<Boolean> NO_AGENT =
      Setting.flag("up.no-agent", "Does not watch this machine.");
  private static final Setting<Boolean> DETACH =
      Setting.flag("up.detach", "Returns once the page answers, and leaves everything running.");

  /** All that can be set. */
  static final List<Setting<?>> SETTINGS =
      List.of(PORT, BIND, WORKERS, DATA, REDIS, MONGO, STORE_SYNC, NO_AGENT, DETACH);

  static UpConfig of(Settings settings) {
    return new UpConfig(
        new HostPort(settings.get(BIND), settings.get(PORT)),
        settings.get(WORKERS),
        settings.get(DATA).toAbsolutePath().normalize(),
        settings.get(REDIS),
        settings.get(MONGO),
        settings.get(STORE_SYNC),
        !settings.get(NO_AGENT),
        settings.get(DETACH));
  }

  /** Without the stores' passwords. */
  @Override
  public String toString() {
    return "UpConfig[door=" + door + ", data=" + data + "]";
  }
}
