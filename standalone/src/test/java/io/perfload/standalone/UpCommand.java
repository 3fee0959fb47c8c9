// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.perfload.common.config.HostPort;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The commands as a person gives them, on a data directory of their own. */
record UpCommand(Path directory) {
  private static final long PATIENCE_SECONDS = 120;

  /** What a command said and exited with. */
  record Said(int code, String text) {}

  Path data() {
    return directory.resolve("data");
  }

  Said run(String command, String... options) throws IOException, InterruptedException {
    return runWith(data(), command, options);
  }

  Said runWith(Path data, String command, String... options)
      throws IOException, InterruptedException {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    words.add("-Dperfload.home=" + System.getProperty("perfload.home"));
    words.addAll(List.of("-cp", System.getProperty("java.class.path")));
    words.addAll(List.of(StandaloneMain.class.getName(), command, "--data", data.toString()));
    words.addAll(List.of(options));
    Path out = directory.resolve(command + "-" + System.nanoTime() + ".out");
    Process process =
        new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(out.toFile()).start();
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroy();
      throw new IOException(command + " takes too long: " + java.nio.file.Files.readString(out));
    }
    return new Said(process.exitValue(), java.nio.file.Files.readString(out, UTF_8));
  }

  /** The door, from what {@code up} said. */
  static DoorProbe door(Said up) {
    String url =
        up.text()
            .lines()
            .filter(line -> line.startsWith(UpMain.READY))
            .map(line -> line.substring(UpMain.READY.length()))
            .findFirst()
            .orElseThrow(() -> new AssertionError("no page: " + up.text()));
    URI uri = URI.create(url);
    return new DoorProbe(new HostPort(uri.getHost(), uri.getPort()), Duration.ofSeconds(5));
  }

  /** The only host that {@code door} knows; empty if it knows none, or does not answer. */
  static Map<?, ?> host(DoorProbe door) {
    return door.get("api/v1/hosts")
        .map(json -> new Load(LoadSettings.builder().build()).loadFromString(json))
        .filter(answer -> answer instanceof Map<?, ?>)
        .map(answer -> ((Map<?, ?>) answer).get("hosts"))
        .filter(hosts -> hosts instanceof List<?> list && list.size() == 1)
        .map(hosts -> (Map<?, ?>) ((List<?>) hosts).get(0))
        .orElse(Map.of());
  }

  /** When the last sample of the host was taken; 0 if there is none. */
  static long lastSampleAt(DoorProbe door) {
    return host(door).get("lastSampleAt") instanceof Number number ? number.longValue() : 0;
  }
}
