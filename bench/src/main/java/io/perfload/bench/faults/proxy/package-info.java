// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
/** A TCP proxy that does to connections what bad networks do. */
@NullMarked
package io.perfload.bench.faults.proxy;

import org.jspecify.annotations.NullMarked;
