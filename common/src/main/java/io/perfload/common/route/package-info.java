// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
/** Which slot a client belongs to: address and roster in, slot out; pure. */
@NullMarked
package io.perfload.common.route;

import org.jspecify.annotations.NullMarked;
