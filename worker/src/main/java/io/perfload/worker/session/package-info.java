// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
/** What a worker knows of one agent connection: a state machine, and who owns which host. */
@NullMarked
package io.perfload.worker.session;

import org.jspecify.annotations.NullMarked;
