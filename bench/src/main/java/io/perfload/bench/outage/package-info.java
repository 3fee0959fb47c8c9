// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
/** {@code bench outage}: the store is away, agents go on, nothing is missing afterwards. */
@NullMarked
package io.perfload.bench.outage;

import org.jspecify.annotations.NullMarked;
