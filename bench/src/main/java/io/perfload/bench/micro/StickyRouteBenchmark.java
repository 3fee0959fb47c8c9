// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.micro;

import io.perfload.common.route.ClientKey;
import io.perfload.common.route.SlotTable;
import io.perfload.common.route.StickyRoute;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The pick of a slot for a client that was just accepted, among evenly loaded slots. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class StickyRouteBenchmark {
  /** How many slots there are. */
  @Param({"1", "2", "4", "8", "16"})
  int slots;

  private final StickyRoute route = new StickyRoute();
  private final byte[] address = {127, 0, 0, 1};
  private final SlotTable table = new EvenSlots();

  /** From the bytes of the address to the slot. */
  @Benchmark
  public int choose() {
    if (++address[3] == 0 && ++address[2] == 0) {
      address[1]++;
    }
    return route.choose(ClientKey.of(address, 0, address.length), table);
  }

  private final class EvenSlots implements SlotTable {
    @Override
    public int size() {
      return slots;
    }

    @Override
    public boolean live(int slot) {
      return true;
    }

    @Override
    public boolean open(int slot) {
      return true;
    }

    @Override
    public int load(int slot) {
      return 1000;
    }
  }
}
