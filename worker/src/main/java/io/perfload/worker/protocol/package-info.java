// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
/** Looks at a connection's first bytes and builds the pipeline that fits. */
@NullMarked
package io.perfload.worker.protocol;

import org.jspecify.annotations.NullMarked;
