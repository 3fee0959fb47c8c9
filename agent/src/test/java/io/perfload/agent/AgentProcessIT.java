// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.perfload.agent.link.FakeWorker;
import io.perfload.common.chunk.Chunk;
import io.perfload.common.model.Sample;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The jar as people run it. Side by side, for two wait for the end of a minute. */
@Execution(ExecutionMode.CONCURRENT)
@DisabledOnOs(OS.WINDOWS)
class AgentProcessIT {
  private static final Path JAR = Path.of("target", "perfload-agent.jar").toAbsolutePath();

  private final Path directory;
  private final FakeWorker worker = new FakeWorker();
  private final List<Process> started = new ArrayList<>();

  AgentProcessIT(@TempDir Path directory) throws IOException {
    this.directory = directory;
  }

  @AfterEach
  void end() throws Exception {
    started.forEach(Process::destroyForcibly);
    worker.close();
  }

  @Test
  void killInTheMiddleOfAMinuteLosesNoSampledSecond() throws Exception {
    awaitSecondOfMinute(5, 35);
    Process first = agent("--server", server(), "--data", data());
    await().atMost(Duration.ofSeconds(20)).until(() -> samples().size() >= 6);
    first.destroyForcibly().waitFor();
    Set<Long> sampled = secondsOf(samples());

    agent("--server", server(), "--data", data());
    await().atMost(Duration.ofSeconds(90)).until(() -> !lastSession().chunks().isEmpty());

    FakeWorker.Session session = lastSession();
    Chunk chunk = session.unpack(session.chunks().get(0));
    Set<Long> kept = new TreeSet<>();
    for (int place = 0; place < 60; place++) {
      chunk.sample(place).ifPresent(sample -> kept.add(sample.takenAtMs() / 1000));
    }
    assertThat(kept).containsAll(sampled);
    assertThat(secondsOf(session.samples()))
        .as("the open minute is shown again")
        .containsAll(sampled);
    assertThat(session.samples())
        .extracting(Sample::sequence)
        .as("numbered anew, in order")
        .isSorted()
        .doesNotHaveDuplicates();
  }

  @Test
  void killAtAnyMomentOfItsFirstSecondsLosesNoSecondThatWasSeen() throws Exception {
    var chance = new SplittableRandom(20);
    for (int kill = 0; kill < 12; kill++) {
      Process agent = agent("--server", server(), "--data", data());
      agent.waitFor(chance.nextInt(300, 4_000), TimeUnit.MILLISECONDS);
      agent.destroyForcibly().waitFor();
    }
    Set<Long> seen = new TreeSet<>();
    worker.sessions().forEach(session -> seen.addAll(secondsOf(session.samples())));
    assertThat(seen).isNotEmpty();

    agent("--server", server(), "--data", data());

    await().atMost(Duration.ofSeconds(90)).until(() -> keptSeconds().containsAll(seen));
    assertThat(worker.sessions()).allMatch(session -> session.gaps().isEmpty());
  }

  @Test
  void stopsCleanlyAndKeepsItsIdentity() throws Exception {
    Process first =
        agent("--server", server(), "--data", data(), "--name", "box", "--label", "a=b");
    await().atMost(Duration.ofSeconds(20)).until(() -> !samples().isEmpty());
    first.destroy();

    assertThat(first.waitFor(5, TimeUnit.SECONDS)).isTrue();
    assertThat(first.exitValue()).isZero();
    await().until(() -> worker.sessions().get(0).events().contains("end"));
    assertThat(worker.sessions().get(0).events()).contains("goodbye");
    var profile = worker.sessions().get(0).hosts().get(0).profile();
    assertThat(profile.name()).isEqualTo("box");
    assertThat(profile.labels()).containsEntry("a", "b");

    agent("--server", server(), "--data", data());
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> worker.sessions().size() == 2 && !lastSession().hosts().isEmpty());
    assertThat(lastSession().hosts().get(0).profile().id()).isEqualTo(profile.id());
  }

  @Test
  void secondAgentOnTheSameDataDirectoryIsToldSoInOneSentence() throws Exception {
    agent("--server", server(), "--data", data());
    await().atMost(Duration.ofSeconds(20)).until(() -> !worker.sessions().isEmpty());

    Process second = agent("--server", server(), "--data", data());

    assertThat(second.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(second.exitValue()).isEqualTo(1);
    assertThat(log(1)).startsWith("Another agent uses the data directory").hasLineCount(1);
  }

  @Test
  void runsByItselfAndByJava() throws Exception {
    assertThat(output(List.of(JAR.toString(), "--version"))).startsWith("perfload ");
    assertThat(output(List.of(java(), "-jar", JAR.toString(), "--help")))
        .contains("--server", "--label", "--interval", "--token");
  }

  @Test
  void wrongUsageAndBadSettingsHaveTheirExitCodes() throws Exception {
    Process unknown = agent("--sever", "x:1");
    Process missing = agent("--interval", "7d");

    assertThat(unknown.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(missing.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(unknown.exitValue()).isEqualTo(2);
    assertThat(missing.exitValue()).isEqualTo(78);
    assertThat(log(1)).contains("agent.server: missing", "--interval: '7d'");
  }

  @Test
  void jarHasNothingOfTheServersInIt() throws Exception {
    try (var jar = new java.util.zip.ZipFile(JAR.toFile())) {
      assertThat(jar.stream().map(entry -> entry.getName()))
          .noneMatch(
              name ->
                  name.startsWith("io/netty")
                      || name.startsWith("redis")
                      || name.startsWith("com/mongodb")
                      || name.startsWith("io/perfload/common/control"));
    }
    assertThat(Files.size(JAR)).isLessThan(5L << 20);
  }

  private Process agent(String... args) throws IOException {
    List<String> command = new ArrayList<>(List.of(JAR.toString()));
    command.addAll(List.of(args));
    File log = directory.resolve("log-" + started.size()).toFile();
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log).start();
    started.add(process);
    return process;
  }

  private String log(int index) throws IOException {
    return Files.readString(directory.resolve("log-" + index)).strip();
  }

  private static String output(List<String> command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output =
        new String(
            process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return output;
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private static void awaitSecondOfMinute(int from, int to) {
    await()
        .atMost(Duration.ofSeconds(61))
        .until(
            () -> {
              long second = System.currentTimeMillis() / 1000 % 60;
              return second >= from && second < to;
            });
  }

  private String server() {
    return "127.0.0.1:" + worker.port();
  }

  private String data() {
    return directory.resolve("data").toString();
  }

  private FakeWorker.Session lastSession() {
    return worker.sessions().get(worker.sessions().size() - 1);
  }

  private List<Sample> samples() {
    return worker.sessions().isEmpty() ? List.of() : worker.sessions().get(0).samples();
  }

  private Set<Long> keptSeconds() throws Exception {
    Set<Long> kept = new TreeSet<>();
    for (FakeWorker.Session session : worker.sessions()) {
      for (var packed : session.chunks()) {
        Chunk chunk = session.unpack(packed);
        for (int place = 0; place < 60; place++) {
          chunk.sample(place).ifPresent(sample -> kept.add(sample.takenAtMs() / 1000));
        }
      }
    }
    return kept;
  }

  private static Set<Long> secondsOf(List<Sample> samples) {
    Set<Long> seconds = new TreeSet<>();
    samples.forEach(sample -> seconds.add(sample.takenAtMs() / 1000));
    return seconds;
  }
}
