// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.history;

import java.util.Optional;

/** How a chunk ended. */
enum Settlement {
  /** It was new. */
  INSERTED,
  /** All it says was there already. */
  REPEATED,
  /** It is one with what was there. */
  MERGED,
  /** The store never takes such a document. */
  REJECTED,
  /** Together with what is there it would have more series than a host may have. */
  TOO_MANY_SERIES;

  /** Why the chunk is refused; nothing if it is stored. */
  Optional<String> refusal() {
    return switch (this) {
      case INSERTED, REPEATED, MERGED -> Optional.empty();
      case REJECTED -> Optional.of("rejected: the store takes no such document");
      case TOO_MANY_SERIES ->
          Optional.of("series: with what is stored its minute would have too many series");
    };
  }
}
