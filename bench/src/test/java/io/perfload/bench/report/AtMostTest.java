// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class AtMostTest {
  @Test
  void aFigureThatIsAsMuchAsItMayBeIsReached() {
    assertThat(new AtMost("p99", 5, 5).reached()).isTrue();
    assertThat(new AtMost("p99", 5, 5.1).reached()).isFalse();
    assertThat(AtMost.none("lost", 1).reached()).isFalse();
  }

  @Test
  void theTableSaysWhatWasMissed() {
    String table =
        AtMost.table(List.of(AtMost.none("lost", 0), new AtMost("p99, ms", 5, 7))).toString();

    assertThat(table).contains("| lost", "| reached |", "| ≤ 5.00", "|  MISSED |");
  }

  @Test
  void whatNeverEndedIsMissed() {
    assertThat(new AtMost("drain", 60, Double.POSITIVE_INFINITY).reached()).isFalse();
  }
}
