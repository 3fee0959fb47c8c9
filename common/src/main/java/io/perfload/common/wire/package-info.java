// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
/** What agents and workers say to each other and how it looks in bytes; pure. */
@NullMarked
package io.perfload.common.wire;

import org.jspecify.annotations.NullMarked;
