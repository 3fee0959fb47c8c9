// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
/** The front door against others: the same load straight to a worker and through each of them. */
@NullMarked
package io.perfload.bench.door;

import org.jspecify.annotations.NullMarked;
