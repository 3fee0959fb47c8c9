// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
/** Faults against real processes, sockets and files. */
@NullMarked
package io.perfload.bench.faults.real;

import org.jspecify.annotations.NullMarked;
