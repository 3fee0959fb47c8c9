// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
/** Remembers every sample made and judges afterwards what became of it. */
@NullMarked
package io.perfload.bench.faults.oracle;

import org.jspecify.annotations.NullMarked;
