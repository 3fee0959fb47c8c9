// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
/** Processes that a measurement starts, and what the kernel says about them. */
@NullMarked
package io.perfload.bench.process;

import org.jspecify.annotations.NullMarked;
