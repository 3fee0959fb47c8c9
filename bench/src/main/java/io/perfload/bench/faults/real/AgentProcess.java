// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.faults.real;

import io.perfload.bench.process.Jdk;
import io.perfload.common.model.HostId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A process of agents, which is started again by whoever ended it. What it makes goes to the
 * oracle. One thread, but for what its pipes say.
 */
final class AgentProcess implements AutoCloseable {
  /** As many as wait for a slow disk, and a few more, for each of some hosts. */
  private static final int UNKEPT = 2_000;

  private static final long END_WITHIN_SECONDS = 15;
  private static final int READ_WITHIN_MS = 10_000;
  private static final List<String> FLAGS =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-XX:-UsePerfData",
          "-Xms16m",
          "-Xmx64m",
          "-Xss256k");

  private final String name;
  private final Oracle oracle;
  private final Path words;
  private final LinkedHashSet<Made> unkept = new LinkedHashSet<>();
  private final Map<HostId, Made> newestKept = new HashMap<>();
  private AgentPlan plan;
  private List<String> prefix = List.of();
  private Optional<Running> running = Optional.empty();
  private volatile boolean wasSet;

  AgentProcess(String name, AgentPlan plan, Oracle oracle) {
    this.name = name;
    this.plan = plan;
    this.oracle = oracle;
    this.words = plan.directory().resolve(name + ".log");
  }

  AgentPlan plan() {
    return plan;
  }

  /** Where it tells what happens to it. */
  Path words() {
    return words;
  }

  /** Words that come before its command from the next start on. */
  void precede(List<String> before) {
    prefix = List.copyOf(before);
  }

  void start() throws IOException {
    List<String> command = new ArrayList<>(prefix);
    command.add(Jdk.tool("java").toString());
    command.addAll(FLAGS);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(FaultAgentMain.class.getName());
    command.addAll(plan.toWords());
    Files.createDirectories(plan.directory());
    Process process = new ProcessBuilder(command).start();
    Thread made = reader("made-" + name, () -> readMade(process.getInputStream()));
    Thread said = reader("said-" + name, () -> copyWords(process.getErrorStream()));
    running = Optional.of(new Running(process, made, said));
  }

  Optional<Long> pid() {
    return running.map(Running::process).filter(Process::isAlive).map(Process::pid);
  }

  /**
   * Kills it with all that it has in memory. By a signal: Java's own way would also close the pipe
   * and lose what is in it.
   */
  void kill() throws IOException, InterruptedException {
    Running killed = running.orElseThrow(() -> new IOException(name + " does not run"));
    Signals.send(killed.process().pid(), "KILL");
    await(killed);
    markOnTheirWay();
  }

  /** The last reading that it kept of each host may be missing: somebody took it from there. */
  void newestTaken() {
    synchronized (unkept) {
      newestKept.values().forEach(oracle::mayBeTaken);
    }
  }

  /** Asks it to end; false if it did not end well. */
  boolean stop() throws IOException, InterruptedException {
    Running stopped = running.orElseThrow(() -> new IOException(name + " does not run"));
    Signals.send(stopped.process().pid(), "TERM");
    await(stopped);
    synchronized (unkept) {
      unkept.clear();
    }
    return stopped.process().exitValue() == 0;
  }

  /** No reading is made any more. */
  void beQuiet() throws IOException {
    say(AgentWords.QUIET);
  }

  /** Sets its clock, also for later starts. */
  void setClockBy(long millis) throws IOException {
    plan = plan.setBy(millis);
    wasSet = false;
    say(AgentWords.SET + millis);
  }

  /** Whether it has done so. */
  boolean wasSet() {
    return wasSet;
  }

  @Override
  public void close() {
    running.ifPresent(left -> left.process().destroyForcibly());
  }

  private void say(String line) throws IOException {
    OutputStream in =
        running
            .orElseThrow(() -> new IOException(name + " does not run"))
            .process()
            .getOutputStream();
    in.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    in.flush();
  }

  /** Until it is dead and all that it said was read. */
  private void await(Running ending) throws IOException, InterruptedException {
    if (!ending.process().waitFor(END_WITHIN_SECONDS, TimeUnit.SECONDS)) {
      ending.process().destroyForcibly();
      throw new IOException(name + " did not end within " + END_WITHIN_SECONDS + " s");
    }
    ending.made().join(READ_WITHIN_MS);
    ending.said().join(READ_WITHIN_MS);
    running = Optional.empty();
  }

  /** What it had not in its keeping when it was killed. */
  private void markOnTheirWay() {
    synchronized (unkept) {
      unkept.forEach(oracle::mayBeTaken);
      unkept.clear();
    }
  }

  private void readMade(InputStream in) throws IOException {
    var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      AgentWords.made(line).ifPresent(this::made);
      AgentWords.kept(line).ifPresent(this::kept);
      wasSet |= line.startsWith(AgentWords.WAS_SET);
    }
  }

  private void made(Made reading) {
    oracle.made(reading);
    synchronized (unkept) {
      unkept.add(reading);
      if (unkept.size() > UNKEPT) {
        unkept.remove(unkept.iterator().next());
      }
    }
  }

  private void kept(Made reading) {
    synchronized (unkept) {
      unkept.remove(reading);
      newestKept.put(reading.host(), reading);
    }
  }

  private void copyWords(InputStream in) throws IOException {
    try (OutputStream out =
        Files.newOutputStream(words, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      in.transferTo(out);
    }
  }

  private static Thread reader(String name, Reading reading) {
    var thread =
        new Thread(
            () -> {
              try {
                reading.read();
              } catch (IOException e) {
                // the process ended
              }
            },
            name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  /** A process and those who read what it says. */
  private record Running(Process process, Thread made, Thread said) {}

  @FunctionalInterface
  private interface Reading {
    void read() throws IOException;
  }
}
