// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.perfload.common.model.HostId;
import io.perfload.worker.fleet.Place;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What every registry of owners promises. */
public abstract class OwnerRegistryContract {
  private final Place one = new Place(UUID.randomUUID(), "a node", 1);
  private final Place two = new Place(UUID.randomUUID(), "another node", 2);
  private final HostId host = HostId.random();

  /** Returns the registry, up. */
  protected abstract OwnerRegistry registry() throws Exception;

  @Test
  void theNewestClaimWinsAndLearnsWhoseItWas() throws Exception {
    OwnerRegistry registry = registry();

    assertThat(claim(registry, new Claim(host, one, 10))).isEmpty();
    assertThat(claim(registry, new Claim(host, two, 20))).contains(new Claim(host, one, 10));
    assertThat(claim(registry, new Claim(host, two, 30))).isEmpty();
  }

  @Test
  void whoRenewsALostClaimIsTold() throws Exception {
    OwnerRegistry registry = registry();
    claim(registry, new Claim(host, one, 10));
    claim(registry, new Claim(host, two, 20));
    List<HostId> lost = new CopyOnWriteArrayList<>();

    registry.renew(List.of(new Claim(host, one, 10)), lost::add);
    registry.renew(List.of(new Claim(host, two, 20)), lost::add);

    await().until(() -> lost.contains(host));
    assertThat(claim(registry, new Claim(host, one, 30))).contains(new Claim(host, two, 20));
    assertThat(lost).containsExactly(host);
  }

  @Test
  void aReleaseTakesOnlyWhatIsOnesOwn() throws Exception {
    OwnerRegistry registry = registry();
    claim(registry, new Claim(host, two, 20));

    registry.release(List.of(new Claim(host, one, 10)));
    settle(registry);
    assertThat(claim(registry, new Claim(host, one, 30))).contains(new Claim(host, two, 20));

    registry.release(List.of(new Claim(host, one, 30)));
    settle(registry);
    assertThat(claim(registry, new Claim(host, two, 40))).isEmpty();
  }

  @Test
  void aRenewalMakesAClaimAgainThatIsNotThere() throws Exception {
    OwnerRegistry registry = registry();

    registry.renew(List.of(new Claim(host, one, 10)), lost -> {});
    settle(registry);

    assertThat(claim(registry, new Claim(host, two, 20))).contains(new Claim(host, one, 10));
  }

  /** Commands go out in order, and what follows from answers after two rounds. */
  private static void settle(OwnerRegistry registry) {
    for (int round = 0; round < 3; round++) {
      claim(registry, new Claim(HostId.random(), new Place(UUID.randomUUID(), "settle", 0), 1));
    }
  }

  private static Optional<Claim> claim(OwnerRegistry registry, Claim claim) {
    List<Optional<Claim>> previous = new CopyOnWriteArrayList<>();
    registry.claim(claim, previous::add);
    await().until(() -> !previous.isEmpty());
    return previous.get(0);
  }
}
