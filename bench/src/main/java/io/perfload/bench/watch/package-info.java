// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
/** Live watchers: what a browser would see, and when. */
@NullMarked
package io.perfload.bench.watch;

import org.jspecify.annotations.NullMarked;
