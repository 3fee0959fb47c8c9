// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
/** Simulated agents that speak the real protocol: an honest load for whoever needs one. */
@NullMarked
package io.perfload.bench.fleet;

import org.jspecify.annotations.NullMarked;
