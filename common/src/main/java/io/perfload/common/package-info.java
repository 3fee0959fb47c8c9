// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
/**
 * What agents and servers share; only the JDK and a hash, for every class is paid for on every
 * host.
 */
@NullMarked
package io.perfload.common;

import org.jspecify.annotations.NullMarked;
