// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.door;

import io.perfload.bench.fleet.AddressRange;
import java.time.Duration;

/**
 * What {@code bench door} is to do.
 *
 * @param rounds how often everything is measured
 * @param warmUps rounds before those, thrown away
 * @param span how long one measurement lasts
 * @param concurrency requests at once
 * @param reset whether connections end with RST
 * @param liveAgents agents at 1 Hz through every front; 0 leaves that out
 * @param liveSpan how long they are watched
 * @param agents agents held to measure a worker's memory; 0 leaves that out
 * @param holdSpan how long they are held
 * @param settle how long everything is left alone before it is weighed or watched
 * @param sources where clients connect from
 */
record DoorPlan(
    int rounds,
    int warmUps,
    Duration span,
    int concurrency,
    boolean reset,
    int liveAgents,
    Duration liveSpan,
    int agents,
    Duration holdSpan,
    Duration settle,
    AddressRange sources) {}
