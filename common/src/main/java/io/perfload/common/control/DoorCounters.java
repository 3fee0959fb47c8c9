// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.common.control;

/**
 * What the door did since this master started. Always: {@code accepted = adopted + dead + refused +
 * limited + severed + queued}.
 *
 * @param accepted connections taken from the kernel
 * @param refused accepted and closed at once, because no worker had come for too long
 * @param limited accepted and closed at once, because their address connects too often
 * @param forgotten addresses whose past was forgotten for want of room; they may connect more often
 * @param queued held now: not yet sent, or sent and not yet answered
 * @param adopted answered "adopted" by a worker
 * @param dead answered "dead": reset by the peer before a worker got them
 * @param severed shut down because they lay with a worker that hung or went and could not be killed
 * @param rerouted sent a second time, after the first worker's death or "not taken"
 * @param notTaken answers "not taken"
 * @param paused how often the listener was not read: at the cap, without a worker or out of
 *     descriptors
 */
public record DoorCounters(
    long accepted,
    long refused,
    long limited,
    long forgotten,
    long queued,
    long adopted,
    long dead,
    long severed,
    long rerouted,
    long notTaken,
    long paused) {
  /** Nothing has happened yet. */
  public static final DoorCounters NONE = new DoorCounters(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
}
