// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.faults.real;

import io.perfload.bench.faults.proxy.Weather;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** All kinds of faults by name. Immutable. */
final class FaultKinds {
  static final String TWO_AT_ONCE = "two-at-once";

  private static final String AGENTS = "agent";

  private final Map<String, Kind> kinds = new LinkedHashMap<>();

  FaultKinds() {
    add("kill-agent", AGENTS, () -> new EndAgents(false));
    add("restart-agent", AGENTS, () -> new EndAgents(true));
    add("stop-agent", AGENTS, () -> new StopProcess(Optional.empty()));
    for (Target target : Target.values()) {
      String name = target.name().toLowerCase(Locale.ROOT);
      add("kill-" + name, name, () -> new EndProcess(target, false));
      add("restart-" + name, name, () -> new EndProcess(target, true));
      add("stop-" + name, name, () -> new StopProcess(Optional.of(target)));
    }
    for (BadWeather.Place place : BadWeather.Place.values()) {
      for (Weather.Kind weather : Weather.Kind.values()) {
        if (weather != Weather.Kind.CALM) {
          add(name(place, weather), "net-" + place, () -> new BadWeather(place, weather));
        }
      }
    }
    add("spool-full", AGENTS, SpoolFull::new);
    add("spool-read-only", AGENTS, SpoolReadOnly::new);
    add("store-full", "store", () -> new StoreUnwritable(false));
    add("store-read-only", "store", () -> new StoreUnwritable(true));
    for (SpoolTampered.Way way : SpoolTampered.Way.values()) {
      String name = "spool-" + way.name().toLowerCase(Locale.ROOT);
      add(name, AGENTS, () -> new SpoolTampered(way));
    }
    add("clock-forward", AGENTS, () -> new ClockSet(1));
    add("clock-back", AGENTS, () -> new ClockSet(-1));
    add("redis-flushed", "redis", RedisFlushed::new);
    add("descriptors-master", "master", () -> new FewDescriptors(Target.MASTER));
    add("descriptors-worker", "worker", () -> new FewDescriptors(Target.WORKER));
    add("resets", "crowd", Resets::new);
    add("slowloris", "crowd", Slowloris::new);
  }

  /** The names of all, the combination last. */
  List<String> names() {
    List<String> names = new ArrayList<>(kinds.keySet());
    names.add(TWO_AT_ONCE);
    return names;
  }

  /** A new fault of the kind of that name. */
  Fault create(String name, RandomGenerator random) {
    Kind kind = kinds.get(name);
    if (kind != null) {
      return kind.fault().get();
    }
    if (!name.equals(TWO_AT_ONCE)) {
      throw new IllegalArgumentException("name: " + name + " (expected: one of " + names() + ")");
    }
    return pair(random);
  }

  /** Two that befall different parts: what a killed agent had in memory for want of a disk goes. */
  private Fault pair(RandomGenerator random) {
    List<Kind> all = List.copyOf(kinds.values());
    Kind first = all.get(random.nextInt(all.size()));
    List<Kind> others =
        all.stream().filter(kind -> !kind.subject().equals(first.subject())).toList();
    Kind second = others.get(random.nextInt(others.size()));
    return new TwoAtOnce(
        first.name() + " + " + second.name(), first.fault().get(), second.fault().get());
  }

  /** What the names of a command line may be. */
  static Set<String> known() {
    return Set.copyOf(new FaultKinds().names());
  }

  private void add(String name, String subject, Supplier<Fault> fault) {
    kinds.put(name, new Kind(name, subject, fault));
  }

  private static String name(BadWeather.Place place, Weather.Kind weather) {
    String text = place + "-" + weather;
    return text.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** A kind and what it befalls. */
  private record Kind(String name, String subject, Supplier<Fault> fault) {}
}
