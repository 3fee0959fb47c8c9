// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.common.chunk;

import io.perfload.common.bytes.ByteReader;
import io.perfload.common.bytes.ByteWriter;
import io.perfload.common.bytes.Fault;
import io.perfload.common.bytes.Malformed;
import io.perfload.common.model.Sample;
import java.util.Arrays;

/**
 * One column of up to sixty whole numbers. The numbers that are there are differenced 0, 1 or 2
 * times, whichever is shortest: noise wants 0, levels 1, counters that run evenly 2. What is left
 * is written as zig-zag variable-length integers, a run of zeros as a zero and its length.
 *
 * <pre>
 *  +-------------------+------------------+-------------------------------------------+
 *  | head: bits 0-1    | places: 64 bits, | tokens: a zig-zag number that is not 0,   |
 *  | order, bit 2 own  | only if own      | or 0 and how many zeros follow it         |
 *  | places            | places           |                                           |
 *  +-------------------+------------------+-------------------------------------------+
 * </pre>
 */
final class ColumnCodec {
  /** The longest column: its head, its own places, and ten bytes a number. */
  static final int MAX_BYTES = 1 + Long.BYTES + 10 * Tier.PLACES;

  private static final int MAX_ORDER = 2;
  private static final int OWN_PLACES = 4;

  private ColumnCodec() {}

  /**
   * Appends a column.
   *
   * @param places the places that the chunk has readings for; a column with another set of places
   *     writes its own
   */
  static void write(long[] column, long places, ByteWriter out) {
    long own = placesOf(column);
    long[] present = present(column, own);
    int order = 0;
    int shortest = Integer.MAX_VALUE;
    for (int candidate = 0; candidate <= MAX_ORDER; candidate++) {
      int size = size(differences(present, candidate));
      if (size < shortest) {
        shortest = size;
        order = candidate;
      }
    }
    boolean ownPlaces = own != places;
    out.u8(order | (ownPlaces ? OWN_PLACES : 0));
    if (ownPlaces) {
      out.i64(own);
    }
    tokens(differences(present, order), out);
  }

  /** Reads a column that {@link #write} wrote for the same {@code places}. */
  static long[] read(ByteReader in, long places) throws Malformed {
    int head = in.u8();
    int order = head & 3;
    if (order > MAX_ORDER || head > (MAX_ORDER | OWN_PLACES)) {
      throw new Malformed(Fault.VALUE, "column head " + head);
    }
    long own = (head & OWN_PLACES) == 0 ? places : checked(in.i64(), places);
    long[] numbers = readTokens(in, Long.bitCount(own));
    for (int i = 0; i < order; i++) {
      accumulate(numbers, order - 1 - i);
    }
    return spread(numbers, own);
  }

  /** A bit a place that has a value, the first place lowest. */
  static long placesOf(long[] column) {
    long places = 0;
    for (int place = 0; place < column.length; place++) {
      if (column[place] != Sample.ABSENT) {
        places |= 1L << place;
      }
    }
    return places;
  }

  private static long checked(long own, long places) throws Malformed {
    if ((own & ~places) != 0) {
      throw new Malformed(Fault.VALUE, "a column with places its chunk has not");
    }
    return own;
  }

  private static long[] present(long[] column, long places) {
    long[] present = new long[Long.bitCount(places)];
    int next = 0;
    for (long value : column) {
      if (value != Sample.ABSENT) {
        present[next++] = value;
      }
    }
    return present;
  }

  private static long[] spread(long[] numbers, long places) throws Malformed {
    long[] column = new long[Tier.PLACES];
    Arrays.fill(column, Sample.ABSENT);
    int next = 0;
    for (long rest = places; rest != 0; rest &= rest - 1) {
      long number = numbers[next++];
      if (number == Sample.ABSENT) {
        throw new Malformed(Fault.VALUE, "a value outside the range");
      }
      column[Long.numberOfTrailingZeros(rest)] = number;
    }
    return column;
  }

  private static long[] differences(long[] numbers, int order) {
    long[] result = numbers.clone();
    for (int pass = 0; pass < order; pass++) {
      for (int i = result.length - 1; i > pass; i--) {
        result[i] -= result[i - 1];
      }
    }
    return result;
  }

  private static void accumulate(long[] numbers, int pass) {
    for (int i = pass + 1; i < numbers.length; i++) {
      numbers[i] += numbers[i - 1];
    }
  }

  private static void tokens(long[] numbers, ByteWriter out) {
    for (int i = 0; i < numbers.length; ) {
      if (numbers[i] != 0) {
        out.zigzag(numbers[i++]);
      } else {
        int zeros = zerosFrom(numbers, i);
        out.u8(0).varint(zeros - 1);
        i += zeros;
      }
    }
  }

  private static int size(long[] numbers) {
    int size = 0;
    for (int i = 0; i < numbers.length; ) {
      if (numbers[i] != 0) {
        long zigzag = (numbers[i] << 1) ^ (numbers[i] >> 63);
        size += (70 - Long.numberOfLeadingZeros(zigzag)) / 7;
        i++;
      } else {
        size += 2;
        i += zerosFrom(numbers, i);
      }
    }
    return size;
  }

  private static int zerosFrom(long[] numbers, int start) {
    int end = start;
    while (end < numbers.length && numbers[end] == 0) {
      end++;
    }
    return end - start;
  }

  private static long[] readTokens(ByteReader in, int count) throws Malformed {
    long[] numbers = new long[count];
    for (int i = 0; i < count; ) {
      long number = in.zigzag();
      if (number != 0) {
        numbers[i++] = number;
      } else {
        i += 1 + in.varintUpTo(count - i - 1, "a run of zeros");
      }
    }
    return numbers;
  }
}
