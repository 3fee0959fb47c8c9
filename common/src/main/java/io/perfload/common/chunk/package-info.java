// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
/** The packed column form of sixty points, and how two of the same minute become one; pure. */
@NullMarked
package io.perfload.common.chunk;

import org.jspecify.annotations.NullMarked;
