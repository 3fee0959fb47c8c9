// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
/**
 * {@code perfload up}: embedded stores, a master, workers and an agent as processes of this
 * machine.
 */
@NullMarked
package io.perfload.standalone;

import org.jspecify.annotations.NullMarked;
