// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.standalone.store;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.perfload.cli.Program;
import io.perfload.common.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.CountDownLatch;
import org.slf4j.LoggerFactory;

/** Runs the embedded store until it is told to stop. */
public final class StoreMain {
  private StoreMain() {}

  public static void main(String[] args) {
    System.exit(run(args));
  }

  /** Runs until a signal; returns 1 when the store cannot start. */
  public static int run(String[] args) {
    var program =
        new Program(
            "perfload store",
            "Keeps what a MongoDB would keep, in one file. Loopback only.",
            StoreConfig.settings());
    return program.run(args, StoreMain::run);
  }

  private static int run(Settings settings) {
    StoreConfig config = StoreConfig.of(settings);
    quieten();
    EmbeddedStore store;
    try {
      store = EmbeddedStore.start(config, () -> Runtime.getRuntime().halt(Program.FAILED));
      writePort(config, store.port());
    } catch (IOException | RuntimeException e) {
      System.err.println("The store cannot start with " + config.file() + ": " + e.getMessage());
      return Program.FAILED;
    }
    Runtime.getRuntime().addShutdownHook(new Thread(store::close, "store-stop"));
    System.out.println("store ready on 127.0.0.1:" + store.port());
    return awaitSignal();
  }

  /** The server tells of each connection; what we want to know are its errors. */
  private static void quieten() {
    if (LoggerFactory.getLogger("de.bwaldvogel") instanceof Logger server) {
      server.setLevel(Level.WARN);
    }
  }

  private static int awaitSignal() {
    try {
      new CountDownLatch(1).await();
      return Program.OK;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Program.FAILED;
    }
  }

  private static void writePort(StoreConfig config, int port) throws IOException {
    if (config.portFile().isPresent()) {
      Path file = config.portFile().get();
      Path written = file.resolveSibling(file.getFileName() + ".new");
      Files.writeString(written, port + "\n");
      Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
    }
  }
}
