// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
/** Typed settings from defaults, file, environment and flags; reports every problem at once. */
@NullMarked
package io.perfload.common.config;

import org.jspecify.annotations.NullMarked;
