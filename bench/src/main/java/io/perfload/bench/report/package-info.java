// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
/** What was measured, for people and for programs: rounds, medians, tables, the machine. */
@NullMarked
package io.perfload.bench.report;

import org.jspecify.annotations.NullMarked;
