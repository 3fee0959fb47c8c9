// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.standalone.store;

import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The store as {@code up} runs it: a process of its own. */
final class StoreProcess implements AutoCloseable {
  private final Process process;
  private final int port;

  static StoreProcess start(Path directory, String... options) throws IOException {
    Path portFile = directory.resolve("store.port");
    Files.deleteIfExists(portFile);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), StoreMain.class.getName()));
    command.addAll(List.of("--file", directory.resolve("store.mv").toString()));
    command.addAll(List.of("--port-file", portFile.toString()));
    command.addAll(List.of(options));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(
                ProcessBuilder.Redirect.appendTo(directory.resolve("store.log").toFile()))
            .start();
    try {
      await("the store's port").atMost(Duration.ofSeconds(20)).until(() -> Files.exists(portFile));
      return new StoreProcess(process, Integer.parseInt(Files.readString(portFile).strip()));
    } catch (IOException | RuntimeException e) {
      process.destroyForcibly();
      throw e;
    }
  }

  private StoreProcess(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  MongoClient connect() {
    return MongoClients.create(
        "mongodb://127.0.0.1:"
            + port
            + "/?w=majority&journal=true&serverSelectionTimeoutMS=5000&retryWrites=false");
  }

  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  void stop() throws InterruptedException {
    process.destroy();
    process.waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
