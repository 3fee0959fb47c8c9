// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.session;

import io.perfload.common.model.HostId;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Who speaks for which host, shared by all workers. A hint for liveness, never a reason to refuse a
 * host or to acknowledge a chunk. Any thread; nothing here blocks: what cannot be done now is
 * dropped and counted, and the next {@link #renew} makes up for it. Callbacks come on a thread of
 * the registry's and must return at once.
 */
public interface OwnerRegistry {
  /**
   * Claims a host; the newest claim wins.
   *
   * @param previous told whose unexpired claim it replaced, if it was another worker's
   */
  void claim(Claim claim, Consumer<Optional<Claim>> previous);

  /**
   * Prolongs claims, and makes those again that have expired.
   *
   * @param lost told each host that another worker has claimed since
   */
  void renew(Collection<Claim> claims, Consumer<HostId> lost);

  /** Gives up claims; those that another worker has claimed since stay. */
  void release(Collection<Claim> claims);
}
