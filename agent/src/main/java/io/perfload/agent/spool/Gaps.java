// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.spool;

import io.perfload.common.bytes.ByteWriter;
import io.perfload.common.bytes.Fault;
import io.perfload.common.bytes.Malformed;
import io.perfload.common.model.HostId;
import io.perfload.common.model.LostSamples;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The gaps that no worker has acknowledged yet: what was lost of this host's samples, in memory and
 * in one file. A loss that adjoins a gap of the same reason makes that gap greater; past {@value
 * #MAX} the two nearest are made one. Any thread; {@link #recover} and {@link #save} wait for the
 * disk, belong to one thread and do not keep the others waiting.
 */
final class Gaps {
  static final String FILE = "gaps";
  static final int MAX = 256;

  private final Disk disk;
  private final HostId host;
  private final GapIds ids;

  // guarded by this
  private final List<LostSamples> gaps = new ArrayList<>();
  private final Counters counters = new Counters();
  private long changes;
  private long saved;

  Gaps(Disk disk, HostId host, GapIds ids) {
    this.disk = disk;
    this.host = host;
    this.ids = ids;
  }

  /** Takes in what an earlier run left; a file that is damaged is set aside and counted. */
  void recover() throws IOException {
    List<LostSamples> found;
    try {
      if (disk.size(FILE) > GapsCodec.MAX_BYTES) {
        throw new Malformed(Fault.LENGTH, "a file of gaps too long");
      }
      found = GapsCodec.read(disk.read(FILE), host);
    } catch (NoSuchFileException e) {
      return;
    } catch (Malformed e) {
      disk.setAside(FILE);
      synchronized (this) {
        counters.damaged++;
      }
      return;
    }
    synchronized (this) {
      gaps.addAll(0, found);
      boundCount();
    }
  }

  /**
   * Remembers a loss; it is on disk after the next {@link #save}.
   *
   * @param fromMs the first instant that may be missing
   * @param toMs the instant after the last
   * @param samples how many are known to be missing; 0 if nobody can tell
   */
  synchronized void lost(long fromMs, long toMs, long samples, LostSamples.Reason reason) {
    changes++;
    counters.told++;
    for (int i = gaps.size() - 1; i >= 0; i--) {
      LostSamples gap = gaps.get(i);
      if (gap.reason() == reason && fromMs <= gap.toMs() && toMs >= gap.fromMs()) {
        gaps.set(i, grown(gap, fromMs, toMs, samples));
        return;
      }
    }
    gaps.add(new LostSamples(ids.next(fromMs, toMs), fromMs, toMs, samples, reason));
    boundCount();
  }

  /** The oldest gap whose id is not among {@code underWay}. */
  synchronized Optional<LostSamples> next(Set<Long> underWay) {
    return gaps.stream().filter(gap -> !underWay.contains(gap.id())).findFirst();
  }

  /** A worker stored {@code sent}. A gap that grew meanwhile stays, to be sent again. */
  synchronized void acknowledge(LostSamples sent) {
    if (gaps.remove(sent)) {
      changes++;
      counters.acknowledged++;
    }
  }

  /** A worker will never store {@code sent}: telling it again would only be refused again. */
  synchronized void refuse(LostSamples sent) {
    if (gaps.removeIf(gap -> gap.id() == sent.id())) {
      changes++;
      counters.refused++;
    }
  }

  synchronized List<LostSamples> all() {
    return List.copyOf(gaps);
  }

  synchronized GapStatus status() {
    return new GapStatus(
        gaps.size(), counters.told, counters.acknowledged, counters.refused, counters.damaged);
  }

  /** Writes what changed; after this the disk knows all losses told before the call. */
  void save() throws IOException {
    List<LostSamples> current;
    long through;
    synchronized (this) {
      if (saved == changes) {
        return;
      }
      through = changes;
      current = List.copyOf(gaps);
    }
    if (current.isEmpty()) {
      disk.delete(FILE);
    } else {
      var bytes = new ByteWriter(256);
      GapsCodec.write(host, current, bytes);
      disk.replace(FILE, bytes.view(), true);
    }
    synchronized (this) {
      saved = through;
    }
  }

  /** After a crash the same loss may be told twice: what lies within a gap was counted there. */
  private static LostSamples grown(LostSamples gap, long fromMs, long toMs, long samples) {
    boolean within = fromMs >= gap.fromMs() && toMs <= gap.toMs();
    return new LostSamples(
        gap.id(),
        Math.min(fromMs, gap.fromMs()),
        Math.max(toMs, gap.toMs()),
        within ? Math.max(samples, gap.samples()) : gap.samples() + samples,
        gap.reason());
  }

  private void boundCount() {
    while (gaps.size() > MAX) {
      List<LostSamples> inTime = new ArrayList<>(gaps);
      inTime.sort(Comparator.comparingLong(LostSamples::fromMs));
      int nearest = 0;
      for (int i = 1; i + 1 < inTime.size(); i++) {
        if (distance(inTime, i) < distance(inTime, nearest)) {
          nearest = i;
        }
      }
      makeOne(inTime.get(nearest), inTime.get(nearest + 1));
    }
  }

  private static long distance(List<LostSamples> inTime, int index) {
    return inTime.get(index + 1).fromMs() - inTime.get(index).toMs();
  }

  private void makeOne(LostSamples one, LostSamples other) {
    LostSamples.Reason reason =
        one.reason().code() <= other.reason().code() ? one.reason() : other.reason();
    gaps.remove(other);
    gaps.set(
        gaps.indexOf(one),
        new LostSamples(
            one.id(),
            Math.min(one.fromMs(), other.fromMs()),
            Math.max(one.toMs(), other.toMs()),
            one.samples() + other.samples(),
            reason));
    changes++;
  }

  private static final class Counters {
    private long told;
    private long acknowledged;
    private long refused;
    private long damaged;
  }
}
