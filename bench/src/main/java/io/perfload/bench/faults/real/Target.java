// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.faults.real;

import java.util.Optional;

/** The processes that faults befall, other than those of agents. */
enum Target {
  WORKER,
  MASTER,
  REDIS,
  STORE;

  /** Its pid now; of the workers one by chance. */
  Optional<Long> pid(Scene scene) {
    Stack stack = scene.stack();
    return switch (this) {
      case WORKER -> stack.worker(scene.random().nextInt(Stack.WORKERS));
      case MASTER -> stack.master().pid();
      case REDIS -> stack.redis().pid();
      case STORE -> stack.store().pid();
    };
  }

  /** What asks it for an orderly restart. */
  String restartSignal() {
    return this == MASTER ? "HUP" : "TERM";
  }

  static boolean isAlive(long pid) {
    return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
  }
}
