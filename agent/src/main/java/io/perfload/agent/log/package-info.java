// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
/** Short log lines on standard error. */
@NullMarked
package io.perfload.agent.log;

import org.jspecify.annotations.NullMarked;
