// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
/** HTTP and WebSocket for browsers and programs. */
@NullMarked
package io.perfload.worker.api;

import org.jspecify.annotations.NullMarked;
