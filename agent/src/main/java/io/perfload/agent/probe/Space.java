// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.probe;

/**
 * The size of a file system.
 *
 * @param total bytes, 0 if it cannot be told
 * @param used bytes that hold something
 */
record Space(long total, long used) {}
