// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.history;

import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells operators once that the store went and once that it came back. Any thread. */
final class StoreNews {
  private static final Logger log = LoggerFactory.getLogger(StoreNews.class);

  private final AtomicBoolean away = new AtomicBoolean();

  void failed(StoreUnavailable cause) {
    if (away.compareAndSet(false, true)) {
      log.warn("The store did not take chunks; they wait and are tried again", cause);
    }
  }

  void answered() {
    if (away.compareAndSet(true, false)) {
      log.info("The store took chunks again");
    }
  }
}
