// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
/** Keepers and endings with a clock turned by hand. */
@NullMarked
package io.perfload.standalone.child;

import org.jspecify.annotations.NullMarked;
