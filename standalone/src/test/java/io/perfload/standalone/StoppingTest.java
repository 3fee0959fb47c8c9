// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.perfload.standalone.child.Child;
import io.perfload.standalone.child.Ending;
import io.perfload.standalone.child.FakeChild;
import io.perfload.standalone.child.Role;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StoppingTest {
  private long now;
  private final List<String> told = new ArrayList<>();
  private final Map<Role, List<Child>> family = new EnumMap<>(Role.class);
  private final Stopping stopping =
      new Stopping(() -> family, new Ending(() -> now, time -> now += time.toNanos()), told::add);

  @Test
  void agentThenDoorThenWorkersThenStores() {
    family.put(Role.WORKER, List.of(FakeChild.obedient(5), FakeChild.obedient(6)));

    var outcome =
        stopping.stop(
            List.of(
                member(Role.STORE, 1),
                member(Role.REDIS, 2),
                member(Role.AGENT, 3),
                member(Role.MASTER, 4)));

    assertThat(told)
        .containsExactly(
            "agent stopped",
            "master stopped",
            "workers (2) stopped",
            "redis stopped",
            "store stopped");
    assertThat(outcome).isEqualTo(new Stopping.Outcome(6, List.of()));
  }

  @Test
  void aProcessKnownTwiceIsAskedOnce() {
    FakeChild agent = FakeChild.obedient(3);
    FakeChild sameAgent = FakeChild.obedient(3);
    family.put(Role.AGENT, List.of(sameAgent));

    stopping.stop(List.of(new Stopping.Member(Role.AGENT, agent)));

    assertThat(agent.terminations() + sameAgent.terminations()).isEqualTo(1);
  }

  @Test
  void theNextAreStoppedThoughOneWillNotGoAndThatIsSaid() {
    var outcome =
        stopping.stop(
            List.of(
                new Stopping.Member(Role.MASTER, FakeChild.immortal(4)), member(Role.STORE, 1)));

    assertThat(outcome.left()).containsExactly(4L);
    assertThat(outcome.isComplete()).isFalse();
    assertThat(told).hasSize(2);
    assertThat(told.get(0)).contains("master does not end: pid 4", "within 30 s");
    assertThat(told.get(1)).isEqualTo("store stopped");
  }

  @Test
  void nothingRunningNeedsNoWord() {
    assertThat(stopping.stop(List.of())).isEqualTo(new Stopping.Outcome(0, List.of()));
    assertThat(told).isEmpty();
  }

  private static Stopping.Member member(Role role, long pid) {
    return new Stopping.Member(role, FakeChild.obedient(pid));
  }
}
