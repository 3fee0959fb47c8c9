// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.master.roster;

import java.time.Duration;

/**
 * How the roster is kept.
 *
 * @param node the name workers report
 * @param workers how many processes are started and kept; 0 leaves it to others
 * @param hungAfter a worker that says or answers nothing for so long is given up
 * @param lostAfter the same for a worker that came by itself: its slot is free for others then
 * @param startWithin a process that was started has so long to register and take its copy of the
 *     door
 * @param returnWithin workers of an earlier master have so long to come back before they are
 *     replaced
 * @param drainWithin how long workers may finish what they have when the master stops for good
 */
public record RosterSettings(
    String node,
    int workers,
    Duration hungAfter,
    Duration lostAfter,
    Duration startWithin,
    Duration returnWithin,
    Duration drainWithin) {}
