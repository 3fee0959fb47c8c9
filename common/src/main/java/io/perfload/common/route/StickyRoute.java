// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.common.route;

import java.util.Arrays;
import java.util.stream.IntStream;
import net.openhft.hashing.LongHashFunction;

/**
 * Rendezvous hashing with bounded load: every slot scores the client with farmhash, the highest
 * score wins, and a slot that carries too much is passed over for the client's next-best.
 *
 * <p>A slot that goes takes only its own clients with it, and they return when it does. Immutable;
 * any thread; {@link #choose} allocates nothing.
 */
public final class StickyRoute {
  /** No slot can take the client. */
  public static final int NONE = -1;

  /** The most slots a roster can have. */
  public static final int MAX_SLOTS = 256;

  /** A slot that carries no more than this is never passed over for its load. */
  public static final int FREE_LOAD = 64;

  /** A slot may carry this many quarters of the average: 1.25 times. */
  private static final int BOUND_QUARTERS = 5;

  private final LongHashFunction[] scores;

  public StickyRoute() {
    scores = new LongHashFunction[MAX_SLOTS];
    Arrays.setAll(scores, slot -> LongHashFunction.farmNa(slot + 1L));
  }

  /**
   * Returns the slot for a client now, or {@link #NONE} if no slot is open.
   *
   * <p>It is the client's first open slot that is not above the bound; if all open ones are above
   * it (the others being shut), its first open slot.
   *
   * @param client see {@link ClientKey}
   */
  public int choose(long client, SlotTable slots) {
    int size = slots.size();
    long total = 0;
    int live = 0;
    for (int slot = 0; slot < size; slot++) {
      if (slots.live(slot)) {
        live++;
        total += slots.load(slot);
      }
    }
    int best = NONE;
    int bestOfAll = NONE;
    long bestScore = 0;
    long bestScoreOfAll = 0;
    for (int slot = 0; slot < size; slot++) {
      if (!slots.open(slot)) {
        continue;
      }
      long score = score(client, slot);
      if (bestOfAll == NONE || Long.compareUnsigned(score, bestScoreOfAll) > 0) {
        bestOfAll = slot;
        bestScoreOfAll = score;
      }
      boolean better = best == NONE || Long.compareUnsigned(score, bestScore) > 0;
      if (better && !overloaded(slots.load(slot), total, live)) {
        best = slot;
        bestScore = score;
      }
    }
    return best == NONE ? bestOfAll : best;
  }

  /**
   * Returns the live slots in the order in which {@code client} prefers them, whatever their load.
   *
   * @param client see {@link ClientKey}
   */
  public int[] preference(long client, SlotTable slots) {
    return IntStream.range(0, slots.size())
        .filter(slots::live)
        .boxed()
        .sorted((a, b) -> Long.compareUnsigned(score(client, b), score(client, a)))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /**
   * Whether a slot with {@code load} is passed over while {@code live} slots carry {@code total}.
   */
  static boolean overloaded(int load, long total, int live) {
    return load > FREE_LOAD && 4L * load * live > BOUND_QUARTERS * total;
  }

  private long score(long client, int slot) {
    return scores[slot].hashLong(client);
  }
}
