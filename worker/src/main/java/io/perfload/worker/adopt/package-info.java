// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
/** Receives a descriptor and makes it a channel; the worker's side of the door. */
@NullMarked
package io.perfload.worker.adopt;

import org.jspecify.annotations.NullMarked;
