// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
/** What is measured: measures, series, samples, hosts and their facts. */
@NullMarked
package io.perfload.common.model;

import org.jspecify.annotations.NullMarked;
