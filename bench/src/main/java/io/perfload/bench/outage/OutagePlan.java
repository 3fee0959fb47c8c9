// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.outage;

import io.perfload.bench.fleet.AddressRange;
import java.time.Duration;

/**
 * What {@code bench outage} is to do.
 *
 * @param hosts how many agents
 * @param workers how many workers
 * @param keptMinutes minutes that agents bring along in their spools
 * @param warmUp how long everything runs before it is measured
 * @param before how long it is measured before the store is killed; zero: the store is killed
 *     before the agents come
 * @param outage how long the store is away
 * @param after how long it is measured once the backlog is stored
 * @param watchers hosts that somebody watches
 * @param seriesAHost series of each host that are compared, second by second; another choice for
 *     each host, so that all are compared
 * @param sources where agents connect from
 */
record OutagePlan(
    int hosts,
    int workers,
    int keptMinutes,
    Duration warmUp,
    Duration before,
    Duration outage,
    Duration after,
    int watchers,
    int seriesAHost,
    AddressRange sources) {}
