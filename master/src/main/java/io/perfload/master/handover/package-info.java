// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
/** Credit, descriptors out, answers in; keeps each copy until it is answered. */
@NullMarked
package io.perfload.master.handover;

import org.jspecify.annotations.NullMarked;
