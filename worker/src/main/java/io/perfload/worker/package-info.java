// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
/** A worker process: owns the connections it adopted, stores, and answers browsers and programs. */
@NullMarked
package io.perfload.worker;

import org.jspecify.annotations.NullMarked;
