// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.common.wire;

import io.perfload.common.bytes.ByteReader;
import io.perfload.common.bytes.ByteWriter;
import io.perfload.common.bytes.Fault;
import io.perfload.common.bytes.Malformed;
import io.perfload.common.model.Kind;
import io.perfload.common.model.Measure;
import io.perfload.common.model.Series;
import io.perfload.common.model.SeriesSet;
import io.perfload.common.model.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A set of series in bytes: a count, then the series in canonical order. The measure is written
 * when it differs from that of the series before.
 */
public final class SeriesSetCodec {
  private static final int SAME_MEASURE = 0;
  private static final int NEW_MEASURE = 1;
  private static final Unit[] UNITS = Unit.values();
  private static final Kind[] KINDS = Kind.values();

  private SeriesSetCodec() {}

  public static void write(SeriesSet set, ByteWriter out) {
    out.varint(set.size());
    Optional<Measure> last = Optional.empty();
    for (Series series : set.series()) {
      Measure measure = series.measure();
      if (last.filter(measure::equals).isPresent()) {
        out.u8(SAME_MEASURE);
      } else {
        out.u8(NEW_MEASURE).text(measure.name());
        out.u8(measure.unit().code()).u8(measure.kind().code()).u8(measure.decimals());
        last = Optional.of(measure);
      }
      out.text(series.instance());
    }
  }

  /** Reads a set; a set that is not in canonical order, or has a series twice, is malformed. */
  public static SeriesSet read(ByteReader in) throws Malformed {
    int count = in.count(SeriesSet.MAX_SERIES, 2, "series");
    List<Series> series = new ArrayList<>(count);
    Optional<Measure> last = Optional.empty();
    for (int i = 0; i < count; i++) {
      Measure measure = readMeasure(in, last);
      last = Optional.of(measure);
      series.add(readSeries(in, measure));
    }
    SeriesSet set = SeriesSet.of(series);
    if (!set.series().equals(series)) {
      throw new Malformed(Fault.VALUE, "series out of order or twice");
    }
    return set;
  }

  private static Measure readMeasure(ByteReader in, Optional<Measure> last) throws Malformed {
    int form = in.u8();
    if (form == SAME_MEASURE) {
      return last.orElseThrow(() -> new Malformed(Fault.VALUE, "the first series has no measure"));
    }
    if (form != NEW_MEASURE) {
      throw new Malformed(Fault.VALUE, "series form " + form);
    }
    String name = in.text(Measure.MAX_NAME, "a measure's name");
    int unit = in.u8();
    int kind = in.u8();
    int decimals = in.u8();
    if (unit >= UNITS.length || kind >= KINDS.length) {
      throw new Malformed(Fault.VALUE, "unit " + unit + " or kind " + kind + " of " + name);
    }
    try {
      return new Measure(name, UNITS[unit], KINDS[kind], decimals);
    } catch (IllegalArgumentException e) {
      throw new Malformed(Fault.VALUE, String.valueOf(e.getMessage()));
    }
  }

  private static Series readSeries(ByteReader in, Measure measure) throws Malformed {
    String instance = in.text(4 * Series.MAX_INSTANCE, "an instance");
    try {
      return new Series(measure, instance);
    } catch (IllegalArgumentException e) {
      throw new Malformed(Fault.VALUE, String.valueOf(e.getMessage()));
    }
  }
}
