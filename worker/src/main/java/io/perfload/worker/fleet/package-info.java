// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
/** The newest values of every host, filled from every worker, and the newest seconds of our own. */
@NullMarked
package io.perfload.worker.fleet;

import org.jspecify.annotations.NullMarked;
