// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.fleet;

import io.perfload.common.bytes.Malformed;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what other workers say; what cannot be read is told in the log and ignored. */
final class Peers {
  private static final Logger log = LoggerFactory.getLogger(Peers.class);

  private Peers() {}

  static Optional<PeerMessage> read(byte[] message, SeriesSets sets) {
    try {
      return Optional.of(PeerMessage.decode(message, sets));
    } catch (Malformed e) {
      log.debug("Message of another worker ignored: reason={}", e.getMessage());
      return Optional.empty();
    }
  }
}
