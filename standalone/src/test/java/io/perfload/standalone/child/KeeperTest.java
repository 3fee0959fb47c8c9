// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.standalone.child;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;

class KeeperTest {
  private static final Duration LONG = Duration.ofSeconds(11);

  private final HandTimer timer = new HandTimer();
  private final List<FakeChild> launched = new ArrayList<>();
  private final List<IntConsumer> exits = new ArrayList<>();
  private final List<Keeper.End> ends = new ArrayList<>();
  private final List<Duration> ways = new ArrayList<>();
  private boolean launchable = true;
  private final Keeper keeper =
      new Keeper(
          new ChildCommand(Role.MASTER, List.of("master"), Map.of(), Path.of("master.log")),
          this::launch,
          timer,
          timer::nanoTime,
          new Recording());

  @Test
  void aProcessThatHeldOutIsStartedAgainAtOnce() {
    keeper.start();
    timer.pass(LONG);

    exit(137);

    assertThat(launched).hasSize(2);
    assertThat(ends).extracting(Keeper.End::what).containsExactly("ended with signal 9");
    assertThat(keeper.child()).contains(launched.get(1));
  }

  @Test
  void oneThatEndsAgainAndAgainIsStartedLessAndLessOften() {
    keeper.start();
    for (int i = 0; i < 9; i++) {
      exit(1);
      timer.pass(ends.get(i).delay());
    }

    assertThat(ends)
        .extracting(end -> end.delay().toMillis())
        .containsExactly(0L, 100L, 200L, 400L, 800L, 1_600L, 3_200L, 5_000L, 5_000L);
    assertThat(launched).hasSize(10);
  }

  @Test
  void holdingOutForgivesEarlierFailures() {
    keeper.start();
    exit(1);
    exit(1);
    timer.pass(LONG);

    exit(1);

    assertThat(ends)
        .last()
        .extracting(Keeper.End::failures, Keeper.End::delay)
        .containsExactly(1, Duration.ZERO);
  }

  @Test
  void oneThatMakesWayIsFollowedAtOnceAndHasNotFailed() {
    keeper.start();
    for (int i = 0; i < 5; i++) {
      timer.pass(Duration.ofSeconds(2));
      exit(0);
    }

    assertThat(launched).hasSize(6);
    assertThat(ends).isEmpty();
    assertThat(ways).containsOnly(Duration.ZERO);
  }

  @Test
  void oneThatAlwaysEndsAtOnceIsStartedOnceASecond() {
    keeper.start();
    timer.pass(Duration.ofMillis(300));
    exit(0);
    timer.pass(Duration.ofMillis(699));
    assertThat(launched).hasSize(1);

    timer.pass(Duration.ofMillis(1));

    assertThat(launched).hasSize(2);
  }

  @Test
  void aProgramThatIsMissingIsTriedAgain() {
    launchable = false;
    keeper.start();
    assertThat(keeper.child()).isEmpty();

    launchable = true;
    timer.pass(Duration.ofSeconds(1));

    assertThat(keeper.child()).isPresent();
    assertThat(ends).first().extracting(Keeper.End::what).asString().contains("no such program");
  }

  @Test
  void oneThatIsLetGoStaysDownEvenIfItsRestartWasPending() {
    keeper.start();
    exit(1);
    exit(1);
    int before = launched.size();

    keeper.letGo();
    timer.pass(LONG);

    assertThat(launched).hasSize(before);
  }

  @Test
  void anEndThatIsWantedIsNotReported() {
    keeper.start();
    keeper.letGo();
    exit(0);

    assertThat(ends).isEmpty();
    assertThat(keeper.child()).isEmpty();
  }

  private Child launch(ChildCommand command, IntConsumer exited) throws IOException {
    if (!launchable) {
      throw new IOException("no such program: " + command.words());
    }
    FakeChild child = FakeChild.obedient(100 + launched.size());
    launched.add(child);
    exits.add(exited);
    return child;
  }

  private void exit(int code) {
    launched.get(launched.size() - 1).die();
    exits.get(exits.size() - 1).accept(code);
    timer.pass(Duration.ZERO);
  }

  private final class Recording implements Keeper.Events {
    @Override
    public void started(Role role, Child child) {
      assertThat(role).isEqualTo(Role.MASTER);
    }

    @Override
    public void ended(Role role, Keeper.End end) {
      ends.add(end);
    }

    @Override
    public void madeWay(Role role, Duration delay) {
      ways.add(delay);
    }
  }
}
