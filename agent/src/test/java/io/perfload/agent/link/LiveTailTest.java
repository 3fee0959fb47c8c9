// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.perfload.agent.spool.Readings;
import io.perfload.common.model.HostId;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class LiveTailTest {
  private final LiveTail tail = new LiveTail();

  @Test
  void openMinuteBeginsWithItsFirstReading() {
    assertThat(tail.openMinute()).isZero();
    for (int second = 50; second < 65; second++) {
      tail.add(Readings.at(second));
    }

    assertThat(tail.openMinute()).isEqualTo(10);
    assertThat(tail.at(10)).contains(Readings.at(60));
  }

  @Test
  void oldestReadingsGiveWay() {
    for (int second = 0; second < LiveTail.CAPACITY + 5; second++) {
      tail.add(Readings.at(second));
    }

    assertThat(tail.at(4)).isEmpty();
    assertThat(tail.from(0)).isEqualTo(5);
    assertThat(tail.at(5)).contains(Readings.at(5));
    assertThat(tail.at(LiveTail.CAPACITY + 5)).isEmpty();
  }

  @Property
  void everyHostHasItsOwnTimeWithinHalfAMinute(@ForAll long high, @ForAll long low) {
    SendOffset offset = SendOffset.of(new HostId(new UUID(high, low)));

    assertThat(offset.millis()).isBetween(0L, 29_999L);
    assertThat(offset.isOver(60_000, 60_000 + offset.millis())).isTrue();
    assertThat(offset.isOver(60_000, 60_000 + offset.millis() - 1)).isFalse();
    assertThat(offset.isOver(10_000_000, 0)).as("a clock that was set back").isTrue();
  }
}
