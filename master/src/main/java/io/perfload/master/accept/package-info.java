// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
/** Listens; lets go of each accepted socket before a byte is read from it. */
@NullMarked
package io.perfload.master.accept;

import org.jspecify.annotations.NullMarked;
