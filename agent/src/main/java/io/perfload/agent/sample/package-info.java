// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
/** When the machine is read, and what one reading is. */
@NullMarked
package io.perfload.agent.sample;

import org.jspecify.annotations.NullMarked;
