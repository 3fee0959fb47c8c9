// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
/** {@code bench attack}: a crowd that means no good beside honest agents. */
@NullMarked
package io.perfload.bench.attack;

import org.jspecify.annotations.NullMarked;
