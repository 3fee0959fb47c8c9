// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
/** Reads this machine: one class for each thing read. */
@NullMarked
package io.perfload.agent.probe;

import org.jspecify.annotations.NullMarked;
