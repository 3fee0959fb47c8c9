// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
/** Measures Perfload: against other doors, with a simulated fleet, and part by part. */
@NullMarked
package io.perfload.bench;

import org.jspecify.annotations.NullMarked;
