// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.spool;

/**
 * The spool in numbers, since the agent started. Sealed and found = acknowledged + refused +
 * dropped + damaged + pending.
 *
 * @param pending chunks that wait to be acknowledged
 * @param bytes space on disk these and their sets of series take
 * @param found chunks that were there at the start
 * @param dropped chunks that had to go because a bound was reached
 * @param damaged chunks that could not be read again
 * @param damagedRecords records of an open minute that could not be read again
 */
public record SpoolStatus(
    int pending,
    long bytes,
    long found,
    long sealed,
    long acknowledged,
    long refused,
    long dropped,
    long damaged,
    long damagedRecords,
    GapStatus gaps) {}
