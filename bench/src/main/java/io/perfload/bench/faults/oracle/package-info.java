// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
/** Remembers what was made and judges what is left of it. */
@NullMarked
package io.perfload.bench.faults.oracle;

import org.jspecify.annotations.NullMarked;
