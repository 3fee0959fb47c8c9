// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
/** Starts, watches, drains and replaces worker processes, and gives each its slot. */
@NullMarked
package io.perfload.master.roster;

import org.jspecify.annotations.NullMarked;
