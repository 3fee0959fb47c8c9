// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
/** The write queue, the writer, queries; and the interfaces of what keeps history. */
@NullMarked
package io.perfload.worker.history;

import org.jspecify.annotations.NullMarked;
