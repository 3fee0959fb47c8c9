// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
/** Whether anything that was acknowledged gets lost, or shows twice, whatever breaks. */
@NullMarked
package io.perfload.bench.faults;

import org.jspecify.annotations.NullMarked;
