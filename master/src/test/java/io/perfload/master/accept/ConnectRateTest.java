// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.master.accept;

import static org.assertj.core.api.Assertions.assertThat;

import io.perfload.common.route.AddressRanges;
import io.perfload.common.route.ClientKey;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ConnectRateTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();
  private static final long START =
      Long.MAX_VALUE - 5 * SECOND; // System.nanoTime() may be anywhere

  private final ConnectRate rate = rate(10, 30);

  @Test
  void soManyMayComeAtOnceAndNoMore() {
    assertThat(allowed(rate, 1, START, 100)).isEqualTo(30);
    assertThat(rate.limited()).isEqualTo(70);
  }

  @Test
  void aSecondGivesBackWhatTheRateSays() {
    allowed(rate, 1, START, 30);

    assertThat(allowed(rate, 1, START + SECOND, 100)).isEqualTo(10);
  }

  @Test
  void aLongRestGivesBackNoMoreThanAllowedAtOnce() {
    allowed(rate, 1, START, 30);

    assertThat(allowed(rate, 1, START + 3600 * SECOND, 100)).isEqualTo(30);
  }

  @Test
  void oneClientTakesNothingFromAnother() {
    allowed(rate, 1, START, 100);

    assertThat(allowed(rate, 2, START, 30)).isEqualTo(30);
  }

  @Test
  void theClientWhoseKeyIsZeroIsOneLikeAllOthers() {
    assertThat(allowed(rate, 0, START, 100)).isEqualTo(30);
  }

  @Test
  void allowedAddressesHaveNoLimit() {
    long loopback = ClientKey.of(InetAddress.getLoopbackAddress());
    var limits = new ConnectLimits(1, 1, AddressRanges.parse("127.0.0.0/8").orElseThrow());
    var open = new ConnectRate(limits, 7, START);

    assertThat(allowed(open, loopback, START, 1_000)).isEqualTo(1_000);
    assertThat(open.limited()).isZero();
  }

  @Test
  void whereASetIsFullTheFullestBucketIsForgotten() {
    long[] neighbours =
        LongStream.iterate(1, client -> client + 1)
            .filter(client -> rate.set(client) == rate.set(1))
            .limit(ConnectRate.WAYS + 1)
            .toArray();
    for (int i = 0; i < ConnectRate.WAYS; i++) {
      allowed(rate, neighbours[i], START, 30 - i);
    }
    assertThat(rate.forgotten()).isZero();

    assertThat(rate.allows(neighbours[ConnectRate.WAYS], START)).isTrue();

    assertThat(rate.forgotten()).isEqualTo(1);
    assertThat(rate.allows(neighbours[0], START)).isFalse();
    assertThat(allowed(rate, neighbours[ConnectRate.WAYS - 1], START, 100)).isEqualTo(30);
  }

  @Test
  void clientsWhoseBucketsFilledAgainMakeRoom() {
    for (long client = 0; client < 1_000_000; client++) {
      rate.allows(client, START + client * SECOND);
    }

    assertThat(rate.forgotten()).isZero();
    assertThat(rate.limited()).isZero();
  }

  @Property(tries = 300)
  void inNoSpanOfTimeMoreAreAllowedThanRateAndBurstSay(
      @ForAll @IntRange(min = 1, max = 1_000) int perSecond,
      @ForAll @IntRange(min = 1, max = 50) int atOnce,
      @ForAll @Size(max = 400) List<@LongRange(min = 0, max = 20_000_000) Long> pauses) {
    var some = rate(perSecond, atOnce);
    long now = START;
    long[] times = new long[pauses.size()];
    int count = 0;
    for (long pause : pauses) {
      now += pause;
      if (some.allows(3, now)) {
        times[count++] = now;
      }
    }

    for (int from = 0; from < count; from++) {
      for (int to = from; to < count; to++) {
        double seconds = (times[to] - times[from]) / (double) SECOND;
        assertThat(to - from + 1.0).isLessThanOrEqualTo(atOnce + seconds * perSecond * 1.001 + 1);
      }
    }
  }

  @Property(tries = 300)
  void whoKeepsToTheRateIsNeverLimited(
      @ForAll @IntRange(min = 1, max = 1_000) int perSecond,
      @ForAll @IntRange(min = 1, max = 50) int atOnce,
      @ForAll @Size(max = 200) List<@LongRange(min = 0, max = 1_000_000) Long> more) {
    var some = rate(perSecond, atOnce);
    long now = START;
    for (long extra : more) {
      assertThat(some.allows(3, now)).isTrue();
      now += SECOND / perSecond + extra;
    }
  }

  private static ConnectRate rate(int perSecond, int atOnce) {
    return new ConnectRate(new ConnectLimits(perSecond, atOnce, AddressRanges.NONE), 7, START);
  }

  private static int allowed(ConnectRate rate, long client, long now, int tries) {
    int allowed = 0;
    for (int i = 0; i < tries; i++) {
      allowed += rate.allows(client, now) ? 1 : 0;
    }
    return allowed;
  }
}
