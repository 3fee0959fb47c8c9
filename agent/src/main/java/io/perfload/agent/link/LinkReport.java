// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.link;

import io.perfload.common.config.HostPort;
import io.perfload.common.wire.WorkerMessage;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * Tells the operator what became of the connection, each change once: attempts that fail like the
 * one before are only counted. Confined to the link's thread.
 */
final class LinkReport {
  private static final Logger LOG = System.getLogger("agent.link");

  private final HostPort server;
  private boolean connected;
  private String lastFailure = "";
  private String lastLoss = "";
  private int attempts;

  LinkReport(HostPort server) {
    this.server = server;
  }

  void welcomed(WorkerMessage.Welcome welcome) {
    if (!connected) {
      connected = true;
      lastFailure = "";
      lastLoss = "";
      LOG.log(
          Level.INFO,
          "Connected: server="
              + server
              + " node="
              + welcome.node()
              + " slot="
              + welcome.slot()
              + (attempts == 0 ? "" : " failed attempts=" + attempts));
      attempts = 0;
    }
  }

  void failed(WorkerMessage.Failure failure) {
    String text = failure.code() + ": " + failure.message();
    if (!text.equals(lastFailure)) {
      lastFailure = text;
      LOG.log(Level.WARNING, "The worker ended the conversation: " + text);
    }
  }

  void lost(Exception cause) {
    attempts++;
    String text = String.valueOf(cause.getMessage());
    if (connected) {
      LOG.log(Level.WARNING, "Lost the connection: server=" + server + " cause=" + text);
    } else if (!text.equals(lastLoss)) {
      LOG.log(
          Level.WARNING,
          "Could not connect: server="
              + server
              + " cause="
              + text
              + " (tried again until it works; samples are kept)");
    }
    lastLoss = text;
    connected = false;
  }
}
