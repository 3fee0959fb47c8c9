// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
/** Agents, workers and a store in one thread on a virtual clock; one seed decides all. */
@NullMarked
package io.perfload.bench.faults.simulated;

import org.jspecify.annotations.NullMarked;
