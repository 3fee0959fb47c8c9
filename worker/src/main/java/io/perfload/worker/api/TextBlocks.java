// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.api;

import java.util.Optional;

/** A long text, made block by block as the reader takes it. Confined to one event loop. */
@FunctionalInterface
interface TextBlocks {
  /** Makes the next block, some ten kilobytes; nothing at the end. */
  Optional<byte[]> next();
}
