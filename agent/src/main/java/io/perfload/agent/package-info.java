// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
/** Wires the probes of this machine to the spool and the link. */
@NullMarked
package io.perfload.agent;

import org.jspecify.annotations.NullMarked;
