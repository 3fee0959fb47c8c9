// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProcessCpuTest {
  @Test
  void ticksAreUserAndSystemTimeWhateverTheProcessIsCalled() {
    String stat = "42 (a) b (c) S 1 42 42 0 -1 4194560 1 2 3 4 700 50 9 9 20 0 5 0 1 2 3";

    assertThat(ProcessCpu.ticks(stat)).isEqualTo(750);
  }

  @Test
  void threadsTellTheTimeToTheNanosecond() {
    var earlier = new ProcessCpu(1_000_000_000, 1_000_000_123);
    var later = new ProcessCpu(1_010_000_000, 1_012_345_678);

    assertThat(later.since(earlier)).isEqualTo(12_345_555);
  }

  @Test
  void ticksTellTheTimeOnceAThreadHasEnded() {
    var earlier = new ProcessCpu(1_000_000_000, 1_000_000_000);
    var later = new ProcessCpu(3_000_000_000L, 1_500_000_000);

    assertThat(later.since(earlier)).isEqualTo(2_000_000_000);
  }

  @Test
  void theHeapInUseIsThatOfAllGenerations() {
    String serial =
        """
        42:
         def new generation   total 78656K, used 100K [0x0, 0x1, 0x2)
          eden space 69952K,   0% used [0x0, 0x1, 0x2)
         tenured generation   total 174784K, used 2000K [0x0, 0x1, 0x2)
         Metaspace       used 23224K, committed 23680K, reserved 1114112K
        """;

    assertThat(Jdk.used(serial)).isEqualTo(2100 << 10);
    assertThat(Jdk.used(" garbage-first heap   total 8192K, used 7K [0x0, 0x1)"))
        .isEqualTo(7 << 10);
  }

  @Test
  void residentMemoryIsReadInBytes() {
    assertThat(ProcessFacts.resident("Name:\tjava\nVmRSS:\t   2048 kB\nThreads: 3\n"))
        .isEqualTo(2 << 20);
    assertThat(ProcessFacts.resident("Name:\tzombie\n")).isZero();
  }
}
