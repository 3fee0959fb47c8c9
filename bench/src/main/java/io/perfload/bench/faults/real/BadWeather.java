// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.faults.real;

import io.perfload.bench.faults.proxy.FaultProxy;
import io.perfload.bench.faults.proxy.Weather;
import java.time.Duration;
import java.util.List;

/** The network between two of the parts is bad for a while. */
final class BadWeather implements Fault {
  private static final Duration LEAST = Duration.ofMillis(1_500);
  private static final Duration MOST = Duration.ofSeconds(4);
  private static final int MOST_DELAY_MS = 400;
  private static final int MOST_BYTES = 4_000;

  /** Fewer pass between an agent and the door: some connection must come to its end in time. */
  private static final int MOST_BYTES_OF_AGENTS = 400;

  private final Place place;
  private final Weather.Kind kind;
  private long before;
  private long after;

  BadWeather(Place place, Weather.Kind kind) {
    this.place = place;
    this.kind = kind;
  }

  @Override
  public void inject(Scene scene) {
    before = disturbed(scene);
    var weather = new Weather(kind, amount(scene), scene.random().nextLong());
    place.proxies(scene).forEach(proxy -> proxy.set(weather));
  }

  @Override
  public Duration lasts(Scene scene) {
    return kind == Weather.Kind.PARTITION
        ? scene.upToLongest(LEAST)
        : Duration.ofMillis(scene.random().nextLong(LEAST.toMillis(), MOST.toMillis()));
  }

  @Override
  public boolean isFelt(Scene scene) {
    return disturbed(scene) > before;
  }

  @Override
  public void heal(Scene scene) {
    place.proxies(scene).forEach(proxy -> proxy.set(Weather.CALM));
    after = disturbed(scene);
  }

  @Override
  public boolean happened() {
    return after > before;
  }

  private int amount(Scene scene) {
    return switch (kind) {
      case DELAY -> scene.random().nextInt(20, MOST_DELAY_MS);
      case CUT, HALF_CLOSE, RESET ->
          scene.random().nextInt(20, place == Place.AGENTS ? MOST_BYTES_OF_AGENTS : MOST_BYTES);
      default -> 1;
    };
  }

  private long disturbed(Scene scene) {
    return place.proxies(scene).stream().mapToLong(proxy -> proxy.counts().disturbed()).sum();
  }

  /** Where it is bad. */
  enum Place {
    /** Between agents and the door. */
    AGENTS,
    /** Between workers and the store. */
    STORE,
    /** Between workers and Redis. */
    REDIS;

    private List<FaultProxy> proxies(Scene scene) {
      return switch (this) {
        case AGENTS -> scene.fleet().proxies();
        case STORE -> List.of(scene.stack().storeProxy());
        case REDIS -> List.of(scene.stack().redisProxy());
      };
    }
  }
}
