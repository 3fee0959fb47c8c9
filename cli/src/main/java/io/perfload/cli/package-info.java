// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
/** Turns a command line, a file and the environment into the typed settings of a program. */
@NullMarked
package io.perfload.cli;

import org.jspecify.annotations.NullMarked;
