// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.redis;

import static java.util.Objects.requireNonNull;

import io.perfload.common.model.HostId;
import io.perfload.worker.fleet.Place;
import io.perfload.worker.session.Claim;
import io.perfload.worker.session.OwnerRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.params.SetParams;

/**
 * A key {@code prefix:owner:host} a host, whose value is {@code instance slot since node}, with a
 * life of {@link #LEASE} unless renewed.
 */
public final class RedisOwners implements OwnerRegistry {
  static final Duration LEASE = Duration.ofSeconds(15);
  private static final int BATCH = 512;

  private final RedisLink link;
  private final String prefix;

  public RedisOwners(RedisLink link, String prefix) {
    this.link = requireNonNull(link, "link");
    this.prefix = requireNonNull(prefix, "prefix") + ":owner:";
  }

  @Override
  public void claim(Claim claim, Consumer<Optional<Claim>> previous) {
    link.submit(
        pipeline -> {
          Response<String> before = pipeline.get(key(claim.host()));
          pipeline.set(key(claim.host()), value(claim), lease());
          return () -> previous.accept(anotherThan(claim, before.get()));
        });
  }

  @Override
  public void renew(Collection<Claim> claims, Consumer<HostId> lost) {
    for (List<Claim> batch : batches(claims)) {
      link.submit(pipeline -> look(batch, lost, pipeline));
    }
  }

  @Override
  public void release(Collection<Claim> claims) {
    for (List<Claim> batch : batches(claims)) {
      link.submit(
          pipeline -> {
            List<Response<String>> values = values(batch, pipeline);
            return () -> submitRelease(batch, values);
          });
    }
  }

  /**
   * Asks first and acts on the answers in a second pipeline: prolongs what is ours, makes again
   * what expired. A claim that another worker makes between the two stays.
   */
  private Runnable look(List<Claim> batch, Consumer<HostId> lost, Pipeline pipeline) {
    List<Response<String>> values = values(batch, pipeline);
    return () ->
        link.submit(
            second -> {
              for (int i = 0; i < batch.size(); i++) {
                renew(batch.get(i), values.get(i).get(), lost, second);
              }
              return RedisCommand.NOTHING;
            });
  }

  private void renew(
      Claim claim, @Nullable String found, Consumer<HostId> lost, Pipeline pipeline) {
    String key = key(claim.host());
    if (found == null) {
      pipeline.set(key, value(claim), lease().nx());
    } else if (anotherThan(claim, found).isPresent()) {
      lost.accept(claim.host());
    } else if (found.equals(value(claim))) {
      pipeline.pexpire(key, LEASE.toMillis());
    } else {
      pipeline.set(key, value(claim), lease());
    }
  }

  private void submitRelease(List<Claim> batch, List<Response<String>> values) {
    link.submit(
        pipeline -> {
          for (int i = 0; i < batch.size(); i++) {
            if (value(batch.get(i)).equals(values.get(i).get())) {
              pipeline.del(key(batch.get(i).host()));
            }
          }
          return RedisCommand.NOTHING;
        });
  }

  private List<Response<String>> values(List<Claim> batch, Pipeline pipeline) {
    List<Response<String>> values = new ArrayList<>(batch.size());
    batch.forEach(claim -> values.add(pipeline.get(key(claim.host()))));
    return values;
  }

  private String key(HostId host) {
    return prefix + host;
  }

  private static SetParams lease() {
    return SetParams.setParams().px(LEASE.toMillis());
  }

  private static String value(Claim claim) {
    Place owner = claim.owner();
    return owner.instance() + " " + owner.slot() + " " + claim.sinceMs() + " " + owner.node();
  }

  private static Optional<Claim> anotherThan(Claim claim, @Nullable String value) {
    return Optional.ofNullable(value)
        .flatMap(text -> parse(claim.host(), text))
        .filter(other -> !other.owner().instance().equals(claim.owner().instance()));
  }

  /** A value that somebody else wrote is nobody's claim. */
  private static Optional<Claim> parse(HostId host, String value) {
    String[] words = value.split(" ", 4);
    try {
      return words.length < 4
          ? Optional.empty()
          : Optional.of(
              new Claim(
                  host,
                  new Place(UUID.fromString(words[0]), words[3], Integer.parseInt(words[1])),
                  Long.parseLong(words[2])));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static List<List<Claim>> batches(Collection<Claim> claims) {
    List<Claim> all = List.copyOf(claims);
    List<List<Claim>> batches = new ArrayList<>();
    for (int from = 0; from < all.size(); from += BATCH) {
      batches.add(all.subList(from, Math.min(all.size(), from + BATCH)));
    }
    return batches;
  }
}
