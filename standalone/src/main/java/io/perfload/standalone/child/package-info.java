// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
/** Processes that are started, watched, started again and stopped in order. */
@NullMarked
package io.perfload.standalone.child;

import org.jspecify.annotations.NullMarked;
