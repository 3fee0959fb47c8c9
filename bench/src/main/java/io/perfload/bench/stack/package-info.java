// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
/** A whole Perfload of real processes for a measurement: stores, a master, workers. */
@NullMarked
package io.perfload.bench.stack;

import org.jspecify.annotations.NullMarked;
