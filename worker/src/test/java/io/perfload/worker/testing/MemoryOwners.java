// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.testing;

import io.perfload.common.model.HostId;
import io.perfload.worker.session.Claim;
import io.perfload.worker.session.OwnerRegistry;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Claims in memory that never expire. */
public final class MemoryOwners implements OwnerRegistry {
  private final Map<HostId, Claim> claims = new ConcurrentHashMap<>();

  @Override
  public void claim(Claim claim, Consumer<Optional<Claim>> previous) {
    Claim before = claims.put(claim.host(), claim);
    previous.accept(Optional.ofNullable(before).filter(other -> isAnother(other, claim)));
  }

  @Override
  public void renew(Collection<Claim> renewed, Consumer<HostId> lost) {
    for (Claim claim : renewed) {
      Claim found = claims.putIfAbsent(claim.host(), claim);
      if (found != null && isAnother(found, claim)) {
        lost.accept(claim.host());
      }
    }
  }

  @Override
  public void release(Collection<Claim> released) {
    released.forEach(
        claim ->
            claims.computeIfPresent(
                claim.host(), (host, found) -> isAnother(found, claim) ? found : null));
  }

  private static boolean isAnother(Claim one, Claim other) {
    return !one.owner().instance().equals(other.owner().instance());
  }
}
