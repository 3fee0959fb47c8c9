// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
/** The open minute and the sealed chunks on disk, until they are acknowledged. */
@NullMarked
package io.perfload.agent.spool;

import org.jspecify.annotations.NullMarked;
