// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.standalone.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddedRedisIT {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final Path directory;

  EmbeddedRedisIT(@TempDir Path directory) {
    this.directory = directory;
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theInstalledOneAndTheOneOfTheJarAnswerOnlyWithThePassword(boolean installed)
      throws Exception {
    String path = installed ? System.getenv("PATH") : "";
    Path program = RedisBinary.find(path, directory.resolve("bin"));
    RedisConf conf = RedisConf.create(freePort(), directory, new SecureRandom());
    Path file = directory.resolve("redis.conf");
    conf.write(file);
    Process redis =
        new ProcessBuilder(program.toString(), file.toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("redis.log").toFile())
            .start();
    try {
      await().atMost(Duration.ofSeconds(10)).until(() -> ask(conf.uri()).isEmpty());

      assertThat(ask("redis://127.0.0.1:" + conf.port()))
          .hasValueSatisfying(problem -> assertThat(problem).contains("wants a password"));
      assertThat(ask("redis://:wrong@127.0.0.1:" + conf.port()))
          .hasValueSatisfying(
              problem -> assertThat(problem).contains("refuses").doesNotContain("wrong"));
      assertThat(redis.info().commandLine().orElse("")).doesNotContain(conf.password());
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    } finally {
      redis.destroyForcibly().waitFor();
    }
    assertThat(ask(conf.uri()))
        .hasValueSatisfying(
            problem ->
                assertThat(problem)
                    .startsWith("Redis does not answer at 127.0.0.1:" + conf.port())
                    .doesNotContain(conf.password()));
  }

  private static java.util.Optional<String> ask(String uri) {
    return new RedisPing(URI.create(uri)).ask(SECOND);
  }

  private static int freePort() throws Exception {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
