// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
/** The front door: listens, routes, hands sockets over, looks after workers. */
@NullMarked
package io.perfload.master;

import org.jspecify.annotations.NullMarked;
