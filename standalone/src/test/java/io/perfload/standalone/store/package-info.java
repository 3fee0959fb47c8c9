// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
/** The store under fire. */
@NullMarked
package io.perfload.standalone.store;

import org.jspecify.annotations.NullMarked;
