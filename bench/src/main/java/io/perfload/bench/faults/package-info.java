// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
/**
 * {@code perfload bench faults}: whether anything acknowledged is lost or shown twice when things
 * break.
 */
@NullMarked
package io.perfload.bench.faults;

import org.jspecify.annotations.NullMarked;
