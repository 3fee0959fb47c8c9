// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
/** The embedded MongoDB-compatible store: a process of its own that loses nothing acknowledged. */
@NullMarked
package io.perfload.standalone.store;

import org.jspecify.annotations.NullMarked;
