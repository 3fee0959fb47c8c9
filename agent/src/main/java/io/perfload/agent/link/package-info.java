// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
/** The one connection to a worker: connects, sends, trims on acknowledgement, stops. */
@NullMarked
package io.perfload.agent.link;

import org.jspecify.annotations.NullMarked;
