// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
/** Bounded reading and writing of bytes that came from, or go to, somebody else. */
@NullMarked
package io.perfload.common.bytes;

import org.jspecify.annotations.NullMarked;
