// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What every bus between workers promises. */
public abstract class PeerBusContract {
  /** Returns one worker's end of the bus, up. */
  protected abstract PeerBus join() throws Exception;

  @Test
  void whatOnePublishesAllHearOnItsTopicOnly() throws Exception {
    PeerBus one = join();
    PeerBus two = join();
    List<String> heardByOne = listen(one, "t");
    List<String> heardByTwo = listen(two, "t");
    List<String> other = listen(two, "u");

    publishUntilHeard(one, "t", List.of(heardByOne, heardByTwo));

    assertThat(other).isEmpty();
  }

  @Test
  void newestValuesReachTheFleet() throws Exception {
    PeerBus one = join();
    PeerBus two = join();
    List<String> heard = listen(two, PeerBus.FLEET);

    await()
        .until(
            () -> {
              one.publishNewest(0, List.of(bytes("a"), bytes("b")));
              return heard.contains("a") && heard.contains("b");
            });
  }

  @Test
  void aSubscriptionThatIsClosedHearsNoMore() throws Exception {
    PeerBus one = join();
    PeerBus two = join();
    List<String> closed = new CopyOnWriteArrayList<>();
    List<String> open = new CopyOnWriteArrayList<>();
    var subscription = two.subscribe("t", message -> closed.add(text(message)));
    two.subscribe("t", message -> open.add(text(message)));
    publishUntilHeard(one, "t", List.of(closed, open));

    subscription.close();
    subscription.close();
    closed.clear();
    open.clear();
    publishUntilHeard(one, "t", List.of(open));

    assertThat(closed).isEmpty();
  }

  @Test
  void aTopicCanBeHeardAgainAfterNobodyListened() throws Exception {
    PeerBus one = join();
    PeerBus two = join();
    List<String> first = new CopyOnWriteArrayList<>();
    var subscription = two.subscribe("t", message -> first.add(text(message)));
    publishUntilHeard(one, "t", List.of(first));
    subscription.close();

    publishUntilHeard(one, "t", List.of(listen(two, "t")));
  }

  @Test
  void tellsHowLongItIsUp() throws Exception {
    PeerBus one = join();

    long up = one.upForMs();

    assertThat(up).isNotNegative();
    await().until(() -> one.upForMs() > up);
  }

  private static void publishUntilHeard(PeerBus from, String topic, List<List<String>> heard) {
    await()
        .until(
            () -> {
              from.publish(topic, bytes("x"));
              return heard.stream().allMatch(each -> each.contains("x"));
            });
  }

  private static List<String> listen(PeerBus bus, String topic) {
    List<String> heard = new CopyOnWriteArrayList<>();
    bus.subscribe(topic, message -> heard.add(text(message)));
    return heard;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
