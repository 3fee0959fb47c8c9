// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
/** What is kept in MongoDB; only here may its driver appear. */
@NullMarked
package io.perfload.worker.mongo;

import org.jspecify.annotations.NullMarked;
