// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.mongo;

import io.perfload.common.model.HostFacts;
import io.perfload.common.model.HostId;
import io.perfload.common.model.HostProfile;
import io.perfload.common.model.Measure;
import io.perfload.common.model.Sample;
import io.perfload.common.model.Series;
import io.perfload.common.model.SeriesSet;
import io.perfload.common.model.SetHash;
import io.perfload.worker.history.HostRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.bson.Document;
import org.bson.types.Binary;

/**
 * A host as a document. Labels and values are lists, since their names have dots, which do not make
 * good field names everywhere. {@code last.scaled} is what is read back; {@code last.values} is the
 * same for people. Times are Unix milliseconds.
 */
final class HostDocument {
  private HostDocument() {}

  static Document of(HostRecord record) {
    HostProfile profile = record.profile();
    Document document =
        new Document("_id", Ids.of(profile.id()))
            .append("name", profile.name())
            .append("labels", labels(profile.labels()))
            .append("facts", facts(profile.facts()))
            .append("address", record.address())
            .append("node", record.node())
            .append("slot", record.slot())
            .append("since", record.sinceMs())
            .append("lastSampleAt", record.lastSampleAtMs())
            .append("set", Ids.of(record.set().hash()));
    record.last().ifPresent(sample -> document.append("last", last(record.set(), sample)));
    return document;
  }

  static Optional<SetHash> setHash(Document document) {
    return document.get("set") instanceof Binary hash && hash.length() == SetHash.BYTES
        ? Optional.of(Ids.setHash(hash))
        : Optional.empty();
  }

  /** Returns a time before all others for a document that somebody else wrote. */
  static long lastSampleAt(Document document) {
    return document.get("lastSampleAt") instanceof Number at ? at.longValue() : Long.MIN_VALUE;
  }

  /** Returns nothing for a document that somebody else wrote or damaged. */
  static Optional<HostRecord> read(Document document, Map<SetHash, SeriesSet> sets) {
    try {
      SeriesSet known = sets.get(setHash(document).orElseThrow());
      SeriesSet set = known == null ? SeriesSet.of(List.of()) : known;
      return Optional.of(
          new HostRecord(
              profile(document),
              document.getString("address"),
              document.getString("node"),
              integer(document, "slot"),
              number(document, "since"),
              number(document, "lastSampleAt"),
              set,
              sample(document, set)));
    } catch (RuntimeException e) {
      return Optional.empty();
    }
  }

  private static List<Document> labels(SortedMap<String, String> labels) {
    return labels.entrySet().stream()
        .map(one -> new Document("key", one.getKey()).append("value", one.getValue()))
        .toList();
  }

  private static Document facts(HostFacts facts) {
    Document os =
        new Document("type", facts.os().type())
            .append("name", facts.os().name())
            .append("version", facts.os().version())
            .append("arch", facts.os().arch());
    Document cpu =
        new Document("model", facts.cpu().model())
            .append("physicalCores", facts.cpu().physicalCores())
            .append("logicalCores", facts.cpu().logicalCores())
            .append("clockHz", facts.cpu().clockHz());
    return new Document("os", os)
        .append("cpu", cpu)
        .append("memoryTotal", facts.memoryTotal())
        .append("bootedAt", facts.bootedAtMs())
        .append("agentVersion", facts.agentVersion());
  }

  private static Document last(SeriesSet set, Sample sample) {
    List<Long> scaled = new ArrayList<>();
    List<Document> values = new ArrayList<>();
    for (int column = 0; column < set.size(); column++) {
      long value = sample.scaled()[column];
      Series series = set.series().get(column);
      Measure measure = series.measure();
      scaled.add(value);
      if (value != Sample.ABSENT) {
        values.add(new Document("series", series.key()).append("value", measure.unscale(value)));
      }
    }
    return new Document("takenAt", sample.takenAtMs())
        .append("sequence", sample.sequence())
        .append("scaled", scaled)
        .append("values", values);
  }

  private static HostProfile profile(Document document) {
    SortedMap<String, String> labels = new TreeMap<>();
    for (Document label : document.getList("labels", Document.class)) {
      labels.put(label.getString("key"), label.getString("value"));
    }
    HostId id = HostId.parse(document.getString("_id")).orElseThrow();
    return new HostProfile(id, document.getString("name"), labels, facts(document));
  }

  private static HostFacts facts(Document document) {
    Document facts = document.get("facts", Document.class);
    Document os = facts.get("os", Document.class);
    Document cpu = facts.get("cpu", Document.class);
    return new HostFacts(
        new HostFacts.Os(
            os.getString("type"),
            os.getString("name"),
            os.getString("version"),
            os.getString("arch")),
        new HostFacts.Cpu(
            cpu.getString("model"),
            integer(cpu, "physicalCores"),
            integer(cpu, "logicalCores"),
            number(cpu, "clockHz")),
        number(facts, "memoryTotal"),
        number(facts, "bootedAt"),
        facts.getString("agentVersion"));
  }

  private static Optional<Sample> sample(Document document, SeriesSet set) {
    Document last = document.get("last", Document.class);
    if (last == null) {
      return Optional.empty();
    }
    List<Number> scaled = last.getList("scaled", Number.class);
    if (scaled.size() != set.size()) {
      return Optional.empty();
    }
    long[] values = scaled.stream().mapToLong(Number::longValue).toArray();
    return Optional.of(new Sample(number(last, "takenAt"), number(last, "sequence"), values));
  }

  private static long number(Document document, String field) {
    return document.get(field, Number.class).longValue();
  }

  private static int integer(Document document, String field) {
    return document.get(field, Number.class).intValue();
  }
}
