// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
/** The door, tested from both sides with real processes. */
@NullMarked
package io.perfload.worker.adopt;

import org.jspecify.annotations.NullMarked;
