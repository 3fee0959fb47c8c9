// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.process;

import java.util.ArrayList;
import java.util.List;

/**
 * The roles of Perfload that a measurement starts, with the flags that {@code ./perfload} gives.
 */
public enum Role {
  MASTER("io.perfload.master.MasterMain", "64m"),
  WORKER("io.perfload.worker.WorkerMain", "256m"),
  STORE("io.perfload.standalone.store.StoreMain", "256m");

  private final String main;
  private final String heap;

  Role(String main, String heap) {
    this.main = main;
    this.heap = heap;
  }

  /** The flags of its Java. */
  public List<String> flags() {
    return List.of("-XX:+UseSerialGC", "-Xmx" + heap);
  }

  /** Its command line: the Java and the class path of this process. */
  public List<String> command(String... options) {
    List<String> command = new ArrayList<>();
    command.add(Jdk.tool("java").toString());
    command.addAll(flags());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
    command.addAll(List.of(options));
    return command;
  }
}
