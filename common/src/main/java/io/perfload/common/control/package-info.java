// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
/** What master and worker tell each other, and the run directory in which they meet. */
@NullMarked
package io.perfload.common.control;

import org.jspecify.annotations.NullMarked;
