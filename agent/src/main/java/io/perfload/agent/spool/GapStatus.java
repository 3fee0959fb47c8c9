// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.spool;

/**
 * Gaps in numbers, since the agent started.
 *
 * @param pending gaps that wait to be acknowledged
 * @param losses losses that became a gap or part of one
 * @param refused gaps that no worker will store
 * @param damaged files of gaps that could not be read again
 */
public record GapStatus(int pending, long losses, long acknowledged, long refused, long damaged) {}
