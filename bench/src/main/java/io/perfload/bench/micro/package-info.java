// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
/** What the pure inner parts cost: route, chunks, samples; JMH. */
@NullMarked
package io.perfload.bench.micro;

import org.jspecify.annotations.NullMarked;
