// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.process;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.concurrent.TimeUnit;

/**
 * Processor time that processes used up to one moment.
 *
 * @param ticksNanos user and system time of the processes, their ended threads included; the kernel
 *     tells it in hundredths of a second
 * @param threadsNanos run time of the threads that are there, to the nanosecond
 */
public record ProcessCpu(long ticksNanos, long threadsNanos) {
  private static final long TICK_NANOS = TimeUnit.SECONDS.toNanos(1) / 100;
  private static final int USER_FIELD = 11;
  private static final int SYSTEM_FIELD = 12;

  /** Reads what {@code pids} used so far; a process that is gone counts as nothing. */
  public static ProcessCpu of(Collection<Long> pids) {
    long ticks = 0;
    long threads = 0;
    for (long pid : pids) {
      Path process = Path.of("/proc", Long.toString(pid));
      ticks += ticks(process.resolve("stat"));
      threads += threads(process.resolve("task"));
    }
    return new ProcessCpu(ticks * TICK_NANOS, threads);
  }

  /**
   * Nanoseconds used since {@code earlier}: those of the threads, unless some of them ended in
   * between and the ticks tell more.
   */
  public long since(ProcessCpu earlier) {
    long ticks = ticksNanos - earlier.ticksNanos;
    long threads = threadsNanos - earlier.threadsNanos;
    return threads >= ticks - 2 * TICK_NANOS ? threads : ticks;
  }

  static long ticks(String stat) {
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return Long.parseLong(fields[USER_FIELD]) + Long.parseLong(fields[SYSTEM_FIELD]);
  }

  private static long ticks(Path stat) {
    try {
      return ticks(Files.readString(stat));
    } catch (IOException e) {
      return 0;
    }
  }

  private static long threads(Path tasks) {
    long nanos = 0;
    try (DirectoryStream<Path> threads = Files.newDirectoryStream(tasks)) {
      for (Path thread : threads) {
        nanos += runTime(thread.resolve("schedstat"));
      }
    } catch (IOException e) {
      return nanos;
    }
    return nanos;
  }

  private static long runTime(Path schedstat) {
    try {
      String text = Files.readString(schedstat);
      return Long.parseLong(text.substring(0, text.indexOf(' ')));
    } catch (IOException e) {
      return 0;
    }
  }
}
