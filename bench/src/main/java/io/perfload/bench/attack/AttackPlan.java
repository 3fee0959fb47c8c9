// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.attack;

import io.perfload.bench.fleet.AddressRange;
import java.time.Duration;

/**
 * What {@code bench attack} is to do.
 *
 * @param hosts honest agents
 * @param workers how many workers
 * @param crowd who attacks
 * @param warmUp how long everything runs before it is measured
 * @param calm how long it is measured without an attack
 * @param attack how long the attack is kept up
 * @param watchers hosts that somebody watches
 * @param descriptors how many the master, then a worker, may have in the second and third part; 0
 *     leaves those out
 * @param sources where honest agents connect from
 */
record AttackPlan(
    int hosts,
    int workers,
    Crowd crowd,
    Duration warmUp,
    Duration calm,
    Duration attack,
    int watchers,
    int descriptors,
    AddressRange sources) {

  /**
   * Those who attack, all at once.
   *
   * @param slow connections that say a byte now and then, or nothing
   * @param oversize connections that say more than anybody may
   * @param resets connections that are reset as soon as they are made, in every ten seconds
   * @param sources where they connect from, each connection from the next address
   */
  record Crowd(int slow, int oversize, int resets, AddressRange sources) {}
}
