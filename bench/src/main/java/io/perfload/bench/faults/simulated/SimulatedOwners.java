// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.faults.simulated;

import io.perfload.common.model.HostId;
import io.perfload.worker.session.Claim;
import io.perfload.worker.session.OwnerRegistry;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Claims of all workers; may be away or forget everything. One thread. */
final class SimulatedOwners {
  private static final long LEASE_NANOS = 15 * Timeline.SECOND;

  private final World world;
  private final Map<HostId, Lease> leases = new HashMap<>();

  SimulatedOwners(World world) {
    this.world = world;
  }

  void forgetAll() {
    leases.clear();
  }

  /** The registry as one worker sees it. */
  OwnerRegistry of(Life life) {
    return new View(life);
  }

  private record Lease(Claim claim, long untilNanos) {}

  private Optional<Claim> valid(HostId host) {
    return Optional.ofNullable(leases.get(host))
        .filter(lease -> lease.untilNanos > world.time.nanos())
        .map(Lease::claim);
  }

  private void put(Claim claim) {
    leases.put(claim.host(), new Lease(claim, world.time.nanos() + LEASE_NANOS));
  }

  private static boolean isAnother(Claim one, Claim other) {
    return !one.owner().instance().equals(other.owner().instance());
  }

  private final class View implements OwnerRegistry {
    private final Life life;

    View(Life life) {
      this.life = life;
    }

    @Override
    public void claim(Claim claim, Consumer<Optional<Claim>> previous) {
      later(
          () -> {
            Optional<Claim> before = valid(claim.host()).filter(one -> isAnother(one, claim));
            put(claim);
            world.time.after(life, delay(), () -> previous.accept(before));
          });
    }

    @Override
    public void renew(Collection<Claim> claims, Consumer<HostId> lost) {
      List<Claim> all = List.copyOf(claims);
      later(
          () -> {
            for (Claim claim : all) {
              if (valid(claim.host()).filter(one -> isAnother(one, claim)).isPresent()) {
                world.time.after(life, delay(), () -> lost.accept(claim.host()));
              } else {
                put(claim);
              }
            }
          });
    }

    @Override
    public void release(Collection<Claim> claims) {
      List<Claim> all = List.copyOf(claims);
      later(
          () ->
              all.forEach(
                  claim -> {
                    if (valid(claim.host()).filter(one -> isAnother(one, claim)).isEmpty()) {
                      leases.remove(claim.host());
                    }
                  }));
    }

    private void later(Runnable work) {
      if (!life.isOver()) {
        world.time.after(delay(), work);
      }
    }

    private long delay() {
      return world.about(Timeline.MS);
    }
  }
}
