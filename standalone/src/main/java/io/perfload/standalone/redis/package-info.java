// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
/** The embedded Redis and the question whether one answers. */
@NullMarked
package io.perfload.standalone.redis;

import org.jspecify.annotations.NullMarked;
