// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.perfload.common.bytes.ByteWriter;
import io.perfload.common.bytes.Malformed;
import io.perfload.common.model.HostId;
import io.perfload.common.model.Sample;
import io.perfload.common.model.SpoolReport;
import io.perfload.common.wire.SampleDecoder;
import io.perfload.common.wire.SampleEncoder;
import io.perfload.worker.fleet.HostState.Status;
import io.perfload.worker.history.HostRecord;
import io.perfload.worker.testing.Machines;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class FleetTableTest {
  private static final long UP = 60_000;
  private static final long DOWN = -1;

  private final AtomicLong nowMs = new AtomicLong(1_700_000_000_000L);
  private final UUID self = new UUID(5, 5);
  private final FleetTable table =
      new FleetTable(self, () -> Instant.ofEpochMilli(nowMs.get()), () -> nowMs.get() * 1_000_000);
  private final SeriesSets sets = new SeriesSets();
  private final HostId host = HostId.random();

  @Test
  void aFrameTellsAHostToItsLastValue() throws Malformed {
    Worker other = new Worker(new UUID(1, 1), 2);
    Sample sample = other.second();

    HostState state = state();

    assertThat(state.profile()).isEqualTo(Machines.profile(host, "one"));
    assertThat(state.status()).isEqualTo(Status.ONLINE);
    assertThat(state.slot()).isEqualTo(2);
    assertThat(state.rttMs()).isEqualTo(3);
    assertThat(state.clockOffsetMs()).isEqualTo(-7);
    assertThat(state.lastSampleAtMs()).isEqualTo(nowMs.get());
    assertThat(state.last()).contains(sample);
    assertThat(table.all()).containsExactly(state);
  }

  @Test
  void aHostIsOfflineThreeSecondsAfterItsOwnerGoesOnWithoutIt() throws Malformed {
    Worker owner = new Worker(new UUID(1, 1), 2);
    owner.second();
    pass(Duration.ofSeconds(1), UP);
    owner.news();
    pass(Duration.ofSeconds(1), UP);
    owner.news();

    pass(Duration.ofSeconds(1), UP);
    assertThat(state().status()).isEqualTo(Status.ONLINE);

    pass(Duration.ofMillis(1), UP);
    assertThat(state().status()).isEqualTo(Status.OFFLINE);
    assertThat(state().sinceMs()).isEqualTo(nowMs.get());
    assertThat(state().stale()).isFalse();
  }

  @Test
  void aHostThatComesBackWithinThreeSecondsOfTheLossOfItsOwnerIsNeverOffline() throws Malformed {
    new Worker(new UUID(1, 1), 2).second();
    long since = state().sinceMs();
    long lostAfterMs = 990;
    long backAfterMs = lostAfterMs + 2_990;
    long toldAfterMs = backAfterMs + 990;
    for (long ms = 0; ms < toldAfterMs; ms += 10) {
      pass(Duration.ofMillis(10), UP);
      assertThat(state().status()).isEqualTo(Status.ONLINE);
    }

    new Worker(new UUID(2, 2), 1).second();

    assertThat(state().slot()).isEqualTo(1);
    assertThat(state().sinceMs()).isEqualTo(since);
  }

  @Test
  void aHostWhoseOwnerIsLostIsOfflineWhenItDoesNotComeBack() throws Malformed {
    new Worker(new UUID(1, 1), 2).second();

    pass(Duration.ofMillis(5_000), UP);
    assertThat(state().status()).isEqualTo(Status.ONLINE);

    pass(Duration.ofMillis(1), UP);
    assertThat(state().status()).isEqualTo(Status.OFFLINE);
  }

  @Test
  void anOldOwnerThatWakesUpTakesNothingFromTheNewOne() throws Malformed {
    Worker old = new Worker(new UUID(1, 1), 0);
    old.second();
    pass(Duration.ofSeconds(30), UP);
    Worker young = new Worker(new UUID(2, 2), 1);
    Sample newest = young.second();

    old.second();
    old.gone();

    assertThat(state().slot()).isEqualTo(1);
    assertThat(state().status()).isEqualTo(Status.ONLINE);
    assertThat(state().last()).contains(newest);
  }

  @Test
  void whatAnAgentTellsOfItsSpoolReachesEverybodyAndStaysUntilItTellsOtherwise() throws Malformed {
    Worker other = new Worker(new UUID(1, 1), 2);
    other.second();
    assertThat(state().spool()).isEmpty();

    other.spool = Optional.of(new SpoolReport(SpoolReport.State.DROPPING, 1440, 1L << 26));
    other.describe();
    other.values();

    assertThat(state().spool()).isEqualTo(other.spool);
  }

  @Test
  void silenceMeansStaleWhenWeCouldNotHaveHeardAndHealsWithTheNextFrame() throws Malformed {
    Worker other = new Worker(new UUID(1, 1), 2);
    other.second();

    pass(Duration.ofSeconds(10), DOWN);
    assertThat(state().status()).isEqualTo(Status.ONLINE);
    assertThat(state().stale()).isTrue();

    pass(Duration.ofMillis(10), FleetTable.RECOVERY.toMillis() - 1);
    assertThat(state().status()).isEqualTo(Status.ONLINE);

    other.second();
    assertThat(state().stale()).isFalse();
    assertThat(state().status()).isEqualTo(Status.ONLINE);
  }

  @Test
  void aHostThatMovesKeepsItsSinceAndItsValues() throws Malformed {
    Worker old = new Worker(new UUID(1, 1), 0);
    old.second();
    long since = state().sinceMs();
    pass(Duration.ofMillis(1500), UP);

    Worker young = new Worker(new UUID(2, 2), 1);
    young.describe();
    assertThat(state().last()).isPresent();
    young.second();
    old.values();

    assertThat(state().slot()).isEqualTo(1);
    assertThat(state().sinceMs()).isEqualTo(since);
    assertThat(state().status()).isEqualTo(Status.ONLINE);
  }

  @Test
  void onlyItsOwnerCanSendAHostAway() throws Malformed {
    Worker old = new Worker(new UUID(1, 1), 0);
    old.second();
    pass(Duration.ofMillis(100), UP);
    Worker young = new Worker(new UUID(2, 2), 1);
    young.second();

    old.gone();
    assertThat(state().status()).isEqualTo(Status.ONLINE);

    young.gone();
    assertThat(state().status()).isEqualTo(Status.OFFLINE);
  }

  @Test
  void valuesNobodyDescribedAreAskedForOnce() throws Malformed {
    Worker other = new Worker(new UUID(1, 1), 2);

    other.values();
    other.values();

    assertThat(table.find(host)).isEmpty();
    assertThat(table.takeUnexplained()).containsExactly(new UUID(1, 1));
    assertThat(table.takeUnexplained()).isEmpty();
  }

  @Test
  void theLowestLiveWorkerSavesWhatADeadOneLeft() throws Malformed {
    new Worker(new UUID(1, 1), 2).second();
    Worker lower = new Worker(new UUID(3, 3), 3);
    lower.news();

    pass(Duration.ofSeconds(3), UP);
    lower.news();
    pass(Duration.ofSeconds(3), UP);
    assertThat(state().status()).isEqualTo(Status.OFFLINE);
    assertThat(table.takeLeft()).isEmpty();

    new Worker(new UUID(1, 1), 2).second();
    pass(Duration.ofSeconds(6), UP);
    pass(Duration.ofSeconds(6), UP);
    assertThat(state().status()).isEqualTo(Status.OFFLINE);
  }

  @Test
  void aRememberedHostIsOfflineUntilSomebodySpeaksForIt() throws Malformed {
    Sample last = Machines.sample(Machines.FORTY, 5_000, 9);
    table.remembered(
        new HostRecord(
            Machines.profile(host, "one"),
            "10.0.0.1",
            "node",
            4,
            4_000,
            5_000,
            Machines.FORTY,
            Optional.of(last)));

    assertThat(state().status()).isEqualTo(Status.OFFLINE);
    assertThat(state().sinceMs()).isEqualTo(4_000);
    assertThat(state().last()).contains(last);

    new Worker(new UUID(1, 1), 2).second();
    assertThat(state().status()).isEqualTo(Status.ONLINE);
  }

  @Test
  void whatWasTornIsMalformedAndNothingWorse() {
    var writer = new FleetFrameWriter(new Place(new UUID(1, 1), "node", 0));
    writer.begin(new Place(new UUID(1, 1), "node", 0), nowMs.get());
    writer.describe(
        Machines.profile(host, "one"),
        Machines.FORTY,
        1,
        nowMs.get(),
        nowMs.get(),
        "10.0.0.7",
        Optional.empty());
    byte[] frame = writer.descriptions().get(0);

    for (int length = 0; length < frame.length; length++) {
      byte[] torn = java.util.Arrays.copyOf(frame, length);
      assertThat(
              org.assertj.core.api.Assertions.catchThrowable(() -> table.read(torn, false, sets)))
          .isInstanceOf(Malformed.class);
    }
  }

  @Test
  void aHostOfFortySeriesTakesAtMostTwoHundredBytesASecond() {
    var writer = new FleetFrameWriter(new Place(new UUID(1, 1), "node", 0));
    writer.begin(new Place(new UUID(1, 1), "node", 0), nowMs.get());
    SampleDecoder decoder = decoder(Machines.sample(Machines.FORTY, nowMs.get(), 1000));
    for (int i = 0; i < 100; i++) {
      writer.values(HostId.random(), 77, nowMs.get() - 500, 3, -7, 40, decoder);
    }

    int bytes = writer.news().stream().mapToInt(frame -> frame.length).sum();

    assertThat(bytes / 100).isLessThan(200);
  }

  private HostState state() {
    return table.find(host).orElseThrow();
  }

  private void pass(Duration time, long upForMs) {
    nowMs.addAndGet(time.toMillis());
    table.judgeSilence(upForMs);
  }

  private static SampleDecoder decoder(Sample sample) {
    var decoder = new SampleDecoder(sample.scaled().length);
    var delta = new ByteWriter();
    new SampleEncoder(sample.scaled().length).encode(sample, delta);
    try {
      decoder.decode(delta.view());
    } catch (Malformed e) {
      throw new IllegalStateException(e);
    }
    return decoder;
  }

  /** Another worker that owns the host. */
  private final class Worker {
    private final Place place;
    private final FleetFrameWriter writer;
    private final long claimedAtMs = nowMs.get();
    private Optional<SpoolReport> spool = Optional.empty();

    Worker(UUID instance, int slot) {
      place = new Place(instance, "node", slot);
      writer = new FleetFrameWriter(place);
    }

    Sample second() throws Malformed {
      describe();
      return values();
    }

    void describe() throws Malformed {
      writer.begin(place, nowMs.get());
      writer.describe(
          Machines.profile(host, "one"),
          Machines.FORTY,
          1,
          claimedAtMs,
          claimedAtMs,
          "10.0.0.7",
          spool);
      read(writer.descriptions());
    }

    Sample values() throws Malformed {
      Sample sample = Machines.sample(Machines.FORTY, nowMs.get() - 5, 1000);
      writer.begin(place, nowMs.get());
      writer.values(host, 1, nowMs.get(), 3, -7, 40, decoder(sample));
      read(writer.news());
      return sample;
    }

    void news() throws Malformed {
      writer.begin(place, nowMs.get());
      read(writer.news());
    }

    void gone() throws Malformed {
      read(List.of(FleetFrameWriter.gone(place, nowMs.get(), host)));
    }

    private void read(List<byte[]> frames) throws Malformed {
      for (byte[] frame : frames) {
        table.read(frame, false, sets);
      }
    }
  }
}
