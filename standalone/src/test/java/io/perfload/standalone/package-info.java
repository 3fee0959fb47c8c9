// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
/** What up knows, checks and stops. */
@NullMarked
package io.perfload.standalone;

import org.jspecify.annotations.NullMarked;
