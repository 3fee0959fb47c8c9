// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
/** What workers share through Redis; the only package that knows Jedis. */
@NullMarked
package io.perfload.worker.redis;

import org.jspecify.annotations.NullMarked;
