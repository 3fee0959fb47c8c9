// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.perfload.agent.sample.Reading;
import io.perfload.agent.spool.FileDirectory;
import io.perfload.agent.spool.Readings;
import io.perfload.agent.spool.Spool;
import io.perfload.agent.spool.SpoolLimits;
import io.perfload.common.config.HostPort;
import io.perfload.common.model.Catalogue;
import io.perfload.common.model.HostFacts;
import io.perfload.common.model.HostProfile;
import io.perfload.common.model.LostSamples;
import io.perfload.common.model.SpoolReport;
import io.perfload.common.wire.WorkerMessage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinkIT {
  private final FakeWorker worker = new FakeWorker();
  private final LiveTail tail = new LiveTail();
  private final Spool spool;
  private final Link link;
  private volatile long nowMs = Readings.MINUTE;

  LinkIT(@TempDir Path directory) throws IOException {
    var facts =
        new HostFacts(
            new HostFacts.Os("Linux", "Test", "1", "amd64"),
            new HostFacts.Cpu("one", 1, 2, 3),
            4,
            5,
            "0");
    spool =
        Spool.open(
            new FileDirectory(directory),
            Readings.HOST,
            new SpoolLimits(64 << 20, Duration.ofMinutes(12)),
            false,
            () -> Instant.ofEpochMilli(nowMs));
    link =
        new Link(
            new HostPort("localhost", worker.port()),
            new Introduction(
                new HostProfile(Readings.HOST, "box", new TreeMap<>(), facts),
                Readings.START,
                "secret"),
            tail,
            spool,
            () -> Instant.ofEpochMilli(nowMs),
            System::nanoTime,
            new SplittableRandom(1));
  }

  @AfterEach
  void stop() throws Exception {
    link.stop(Duration.ofSeconds(1));
    worker.close();
  }

  @Test
  void introducesItselfThenSendsTheOpenMinuteThenLiveThenTheBacklog() {
    read(0, 130);
    link.start();
    FakeWorker.Session session = session(0);
    await().until(() -> session.chunks().size() == 2);
    read(130, 132);
    await().until(() -> session.samples().size() == 12);

    assertThat(session.events().subList(0, 3)).containsExactly("hello", "host", "series");
    assertThat(session.events().subList(3, 15))
        .containsExactly(
            "sample", "sample", "sample", "sample", "sample", "sample", "sample", "sample",
            "sample", "sample", "chunk", "chunk");
    assertThat(session.samples()).extracting(sample -> sample.sequence()).startsWith(120L, 121L);
    assertThat(session.samples().get(0)).isEqualTo(Readings.at(120).sample());
    assertThat(session.hellos().get(0).token()).isEqualTo("secret");
    assertThat(session.hellos().get(0).agentStartMs()).isEqualTo(Readings.START);
    assertThat(session.hosts().get(0).profile().name()).isEqualTo("box");
  }

  @Test
  void chunkIsKeptUntilItIsAcknowledged() {
    worker.acknowledging(false);
    read(0, 61);
    link.start();
    await().until(() -> session(0).chunks().size() == 1);

    assertThat(spool.next(0)).isPresent();
    acknowledge(session(0));
    await().until(() -> spool.next(0).isEmpty());
    assertThat(spool.status().acknowledged()).isEqualTo(1);
  }

  @Test
  void chunkWithoutAcknowledgementComesAgainOnTheNextConnection() throws Exception {
    worker.acknowledging(false);
    read(0, 61);
    link.start();
    await().until(() -> session(0).chunks().size() == 1);

    worker.acknowledging(true);
    session(0).drop();

    await().atMost(Duration.ofSeconds(3)).until(() -> worker.sessions().size() == 2);
    await().until(() -> session(1).chunks().size() == 1);
    assertThat(session(1).chunks().get(0).bytes()).isEqualTo(session(0).chunks().get(0).bytes());
    await().until(() -> spool.next(0).isEmpty());
    assertThat(session(1).samples()).containsExactly(Readings.at(60).sample());
  }

  @Test
  void creditIsNeverExceeded() {
    worker.acknowledging(false).credit(3);
    read(0, 601);
    link.start();
    await().until(() -> session(0).chunks().size() == 3);
    read(601, 603);
    await().until(() -> session(0).samples().size() == 3);
    assertThat(session(0).chunks()).hasSize(3);

    worker.credit(2);
    acknowledge(session(0));
    await().until(() -> session(0).chunks().size() == 5);
    read(603, 604);
    await().until(() -> session(0).samples().size() == 4);

    assertThat(session(0).chunks()).hasSize(5);
    assertThat(session(0).chunks())
        .extracting(chunk -> chunk.id().startMs())
        .isSorted()
        .doesNotHaveDuplicates();
  }

  @Test
  void refusedChunkIsDroppedAndNotSentAgain() {
    worker.refusing("time: older than what is kept");
    read(0, 61);
    link.start();

    await().until(() -> spool.status().refused() == 1);
    assertThat(spool.next(0)).isEmpty();
  }

  @Test
  void refusedChunkIsToldAsAGapThatIsKeptUntilItIsStored() throws Exception {
    worker.refusing("time: older than what is kept").acknowledging(false);
    read(0, 61);
    link.start();
    await().until(() -> session(0).chunks().size() == 1);
    acknowledge(session(0));
    await().until(() -> session(0).gaps().size() == 1);

    LostSamples gap = session(0).gaps().get(0);
    assertThat(gap.fromMs()).isEqualTo(Readings.MINUTE);
    assertThat(gap.toMs()).isEqualTo(Readings.MINUTE + 60_000);
    assertThat(gap.samples()).isEqualTo(60);
    assertThat(gap.reason()).isEqualTo(LostSamples.Reason.REFUSED);
    assertThat(spool.status().gaps().pending()).isEqualTo(1);
    session(0).drop();

    await().atMost(Duration.ofSeconds(3)).until(() -> worker.sessions().size() == 2);
    await().until(() -> session(1).gaps().contains(gap));
    acknowledge(session(1));
    await().until(() -> spool.status().gaps().pending() == 0);
    assertThat(spool.status().gaps().acknowledged()).isEqualTo(1);
  }

  @Test
  void gapsTakeTheirPlaceInCreditAndInTheOrderOfAnswers() {
    worker.acknowledging(false).credit(2);
    spool.lost(Readings.at(0));
    spool.lost(Readings.at(5));
    spool.lost(Readings.at(9));
    read(10, 61);
    link.start();
    await().until(() -> session(0).gaps().size() == 2);
    assertThat(session(0).chunks()).isEmpty();

    acknowledge(session(0));
    await().until(() -> session(0).chunks().size() == 1);

    assertThat(session(0).gaps()).hasSize(3);
    assertThat(spool.status().gaps().pending()).isEqualTo(1);
    acknowledge(session(0));
    await().until(() -> spool.status().gaps().pending() == 0 && spool.next(0).isEmpty());
  }

  @Test
  void gapThatGrewOnItsWayIsSentAgain() {
    worker.acknowledging(false);
    spool.lost(Readings.at(0));
    link.start();
    await().until(() -> session(0).gaps().size() == 1);
    spool.lost(Readings.at(1));
    link.wake();

    acknowledge(session(0));
    await().until(() -> session(0).gaps().size() == 2);

    LostSamples first = session(0).gaps().get(0);
    LostSamples again = session(0).gaps().get(1);
    assertThat(again.id()).isEqualTo(first.id());
    assertThat(again.samples()).isEqualTo(2);
    assertThat(again.toMs()).isEqualTo(Readings.MINUTE + 2_000);
    acknowledge(session(0));
    await().until(() -> spool.status().gaps().pending() == 0);
  }

  @Test
  void stateOfTheSpoolIsToldFirstAndWhenItChanges() {
    worker.acknowledging(false);
    read(0, 61);
    link.start();
    await().until(() -> session(0).reports().size() == 1);
    assertThat(session(0).reports().get(0).state()).isEqualTo(SpoolReport.State.OK);
    assertThat(session(0).reports().get(0).pendingChunks()).isEqualTo(1);
    assertThat(session(0).reports().get(0).bytes()).isEqualTo(2 * 4096);

    for (int minute = 2; minute < 20; minute++) {
      take(Readings.at(minute * 60));
    }
    await().until(() -> session(0).reports().size() == 2);

    assertThat(session(0).reports().get(1).state()).isEqualTo(SpoolReport.State.DROPPING);
  }

  @Test
  void laterChunkWaitsForTheTimeOfItsHost() {
    link.start();
    await().until(() -> session(0).events().contains("host"));
    read(0, 61);
    await().until(() -> session(0).chunks().size() == 1);
    read(61, 121);
    await().until(() -> session(0).samples().size() == 121);
    assertThat(session(0).chunks()).as("only the first is sent at once").hasSize(1);

    nowMs = Readings.MINUTE + 120_000 + SendOffset.of(Readings.HOST).millis();
    link.wake();

    await().until(() -> session(0).chunks().size() == 2);
  }

  @Test
  void changedSeriesAreDeclaredBeforeTheSamplesThatHaveThem() {
    link.start();
    read(0, 2);
    take(Readings.at(2, Readings.set(Catalogue.LOAD_1M)));
    take(Readings.at(3));
    await().until(() -> session(0).samples().size() == 4);

    assertThat(session(0).events())
        .containsExactly(
            "hello", "host", "series", "sample", "sample", "series", "sample", "series", "sample");
    assertThat(session(0).samples().get(3)).isEqualTo(Readings.at(3).sample());
  }

  @Test
  void pingIsAnswered() throws Exception {
    link.start();
    await().until(() -> session(0).events().contains("host"));

    session(0).send(new WorkerMessage.Ping(99));

    await().until(() -> session(0).events().contains("pong"));
  }

  @Test
  void workerThatIsSilentIsAskedAndLeftWithinTenSeconds() {
    worker.answeringPings(false);
    link.start();
    await().until(() -> session(0).events().contains("host"));

    await().atMost(Duration.ofSeconds(11)).until(() -> worker.sessions().size() == 2);

    assertThat(session(0).events()).contains("ping");
  }

  @Test
  void workerThatAnswersPingsIsKept() {
    link.start();
    await()
        .atMost(Duration.ofSeconds(15))
        .until(() -> session(0).events().stream().filter("ping"::equals).count() == 3);

    assertThat(worker.sessions()).hasSize(1);
  }

  @Test
  void nothingIsSentBeforeTheWelcome() throws Exception {
    worker.welcoming(false);
    read(0, 61);
    link.start();
    await().until(() -> session(0).events().contains("host"));
    session(0).send(new WorkerMessage.Ping(1));
    await().until(() -> session(0).events().contains("pong"));

    assertThat(session(0).events()).containsExactly("hello", "host", "pong");
  }

  @Test
  void garbageEndsTheConnectionAndTheNextIsTried() throws Exception {
    link.start();
    await().until(() -> session(0).events().contains("host"));

    session(0).send(new WorkerMessage.Ack(5, List.of(), 1));

    await().until(() -> worker.sessions().size() == 2);
  }

  @Test
  void goodbyeIsTheLastWord() throws Exception {
    link.start();
    read(0, 1);
    await().until(() -> session(0).samples().size() == 1);

    assertThat(link.stop(Duration.ofSeconds(1))).isTrue();

    await().until(() -> session(0).events().contains("end"));
    assertThat(session(0).events()).endsWith("goodbye", "end");
    assertThat(worker.sessions()).hasSize(1);
  }

  @Test
  void serverThatIsAwayIsTriedAgainUntilItIsThere() throws Exception {
    int port = worker.port();
    worker.close();
    read(0, 61);
    link.start();
    await().pollDelay(Duration.ofMillis(700)).until(() -> true);

    try (var later = new FakeWorker(port)) {
      await().until(() -> later.sessions().size() == 1);
      await().until(() -> later.sessions().get(0).chunks().size() == 1);
    }
  }

  private void read(int from, int to) {
    for (int second = from; second < to; second++) {
      take(Readings.at(second));
    }
  }

  private void take(Reading reading) {
    nowMs = Math.max(nowMs, reading.takenAtMs());
    tail.add(reading);
    spool.add(reading);
    link.wake();
  }

  private FakeWorker.Session session(int index) {
    await().until(() -> worker.sessions().size() > index);
    return worker.sessions().get(index);
  }

  private static void acknowledge(FakeWorker.Session session) {
    try {
      session.acknowledge();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
