// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.perfload.worker.fleet.PeerBus;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.BinaryJedisPubSub;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Topics as Redis channels {@code prefix:topic}. Listens on a connection and a thread of its own,
 * named {@code redis-subscriber}; newest values wait outside the link's queue, one set a part. A
 * subscriber that hears nothing for {@value #DEAF_MS} ms, not even what we publish ourselves, is
 * cut off and connects again.
 */
public final class RedisBus implements PeerBus {
  private static final Logger log = LoggerFactory.getLogger(RedisBus.class);
  private static final long DEAF_MS = 5_000;
  private static final String HEARTBEAT = "pulse";

  private final RedisLink link;
  private final String prefix;
  private final byte[] pulse;
  private final Thread thread = new Thread(this::run, "redis-subscriber");
  private final ConcurrentMap<String, List<Consumer<byte[]>>> listeners = new ConcurrentHashMap<>();
  private final Map<Integer, List<byte[]>> newest = new HashMap<>();
  private final Object lock = new Object();

  @GuardedBy("lock")
  private final Set<String> wanted = new HashSet<>();

  @GuardedBy("lock")
  private final Set<String> subscribed = new HashSet<>();

  @GuardedBy("lock")
  private @Nullable Subscriber subscriber;

  @GuardedBy("lock")
  private boolean upNow;

  @GuardedBy("lock")
  private long upSince;

  private volatile long heardAt;
  private volatile boolean stopped;
  private long pulsedAt;
  private long clearedFor;

  /**
   * @param link starts and stops with its owner, this does not
   * @param prefix begins every channel's name
   */
  public RedisBus(RedisLink link, String prefix) {
    this.link = requireNonNull(link, "link");
    this.prefix = requireNonNull(prefix, "prefix") + ":";
    // each bus has a channel of its own to hear itself on
    pulse = name(HEARTBEAT + ":" + java.util.UUID.randomUUID());
    wanted.add(new String(pulse, UTF_8));
    link.often(this::care);
    thread.setDaemon(true);
  }

  /** Begins to listen, and goes on until it is stopped. */
  public void start() {
    thread.start();
  }

  @Override
  public void publishNewest(int part, List<byte[]> frames) {
    boolean waiting;
    synchronized (newest) {
      waiting = newest.put(part, frames) != null;
    }
    if (!waiting && !link.submit(pipeline -> appendNewest(part, pipeline))) {
      takeNewest(part);
    }
  }

  @Override
  public boolean publish(String topic, byte[] message) {
    byte[] channel = name(topic);
    return link.submit(
        pipeline -> {
          pipeline.publish(channel, message);
          return RedisCommand.NOTHING;
        });
  }

  @Override
  public Subscription subscribe(String topic, Consumer<byte[]> listener) {
    String channel = prefix + topic;
    synchronized (lock) {
      listeners.computeIfAbsent(channel, unknown -> new CopyOnWriteArrayList<>()).add(listener);
      wanted.add(channel);
    }
    link.submit(
        pipeline -> {
          reconcile();
          return RedisCommand.NOTHING;
        });
    return () -> unsubscribe(channel, listener);
  }

  @Override
  public long upForMs() {
    synchronized (lock) {
      boolean up = upNow && link.isUp();
      long since = Math.max(upSince, link.upSinceNanos());
      return up ? TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - since) : -1;
    }
  }

  /** Stops listening. */
  public void stop() throws InterruptedException {
    stopped = true;
    cutOff();
    thread.interrupt();
    thread.join(1_000);
  }

  private void unsubscribe(String channel, Consumer<byte[]> listener) {
    synchronized (lock) {
      List<Consumer<byte[]>> rest = listeners.get(channel);
      if (rest == null || !rest.remove(listener) || !rest.isEmpty()) {
        return;
      }
      listeners.remove(channel);
      wanted.remove(channel);
    }
  }

  private Runnable appendNewest(int part, redis.clients.jedis.Pipeline pipeline) {
    byte[] channel = name(FLEET);
    takeNewest(part).forEach(frame -> pipeline.publish(channel, frame));
    return RedisCommand.NOTHING;
  }

  private List<byte[]> takeNewest(int part) {
    synchronized (newest) {
      List<byte[]> frames = newest.remove(part);
      return frames == null ? List.of() : frames;
    }
  }

  // ---- on the link's thread, a few times a second

  private void care() {
    forgetDropped();
    reconcile();
    beat();
    judge();
  }

  /**
   * What waits for a command that went with its connection would wait for ever, and each later set
   * of that part with it.
   */
  private void forgetDropped() {
    long upSince = link.upSinceNanos();
    if (!link.isUp() || upSince != clearedFor) {
      clearedFor = upSince;
      synchronized (newest) {
        newest.clear();
      }
    }
  }

  /** Subscribes to what is wanted and not subscribed yet, and the other way round. */
  private void reconcile() {
    synchronized (lock) {
      if (subscriber == null || !subscriber.isSubscribed()) {
        return;
      }
      try {
        for (String channel : wanted) {
          if (subscribed.add(channel)) {
            subscriber.subscribe(channel.getBytes(UTF_8));
          }
        }
        for (String channel : Set.copyOf(subscribed)) {
          if (!wanted.contains(channel)) {
            subscribed.remove(channel);
            subscriber.unsubscribe(channel.getBytes(UTF_8));
          }
        }
      } catch (JedisException e) {
        cutOff();
      }
    }
  }

  private void beat() {
    long now = System.nanoTime();
    if (now - pulsedAt >= TimeUnit.SECONDS.toNanos(1)) {
      pulsedAt = now;
      link.submit(
          pipeline -> {
            pipeline.publish(pulse, new byte[0]);
            return RedisCommand.NOTHING;
          });
    }
  }

  private void judge() {
    long deafNanos = System.nanoTime() - heardAt;
    synchronized (lock) {
      Subscriber now = subscriber;
      boolean hears = now != null && deafNanos < TimeUnit.MILLISECONDS.toNanos(DEAF_MS);
      boolean up = now != null && hears && now.isSubscribed() && link.isUp();
      if (up && !upNow) {
        upSince = System.nanoTime();
      }
      upNow = up;
      if (now != null && !hears) {
        now.cutOff();
      }
    }
  }

  // ---- the subscriber

  private void run() {
    var backoff = new Backoff();
    while (!stopped) {
      try (Jedis jedis = link.address().connect()) {
        backoff.reset();
        listen(jedis);
      } catch (JedisException e) {
        log.debug("Redis subscriber cut off", e);
      } finally {
        down();
      }
      pause(backoff.next());
    }
  }

  private void listen(Jedis jedis) {
    var next = new Subscriber(jedis);
    byte[][] channels;
    synchronized (lock) {
      subscriber = next;
      heardAt = System.nanoTime();
      subscribed.clear();
      subscribed.addAll(wanted);
      channels = wanted.stream().map(channel -> channel.getBytes(UTF_8)).toArray(byte[][]::new);
    }
    jedis.subscribe(next, channels);
  }

  private void down() {
    synchronized (lock) {
      subscriber = null;
      upNow = false;
      subscribed.clear();
    }
  }

  private void cutOff() {
    synchronized (lock) {
      if (subscriber != null) {
        subscriber.cutOff();
      }
    }
  }

  private void pause(long ms) {
    try {
      TimeUnit.MILLISECONDS.sleep(ms);
    } catch (InterruptedException e) {
      stopped = true;
      Thread.currentThread().interrupt();
    }
  }

  private byte[] name(String topic) {
    return (prefix + topic).getBytes(UTF_8);
  }

  private final class Subscriber extends BinaryJedisPubSub {
    private final Jedis jedis;

    Subscriber(Jedis jedis) {
      this.jedis = jedis;
    }

    @Override
    public void onMessage(byte[] channel, byte[] message) {
      heardAt = System.nanoTime();
      List<Consumer<byte[]>> told = listeners.get(new String(channel, UTF_8));
      if (told == null) {
        return;
      }
      for (Consumer<byte[]> listener : told) {
        try {
          listener.accept(message);
        } catch (RuntimeException e) {
          log.error("Listener failed: channel={}", new String(channel, UTF_8), e);
        }
      }
    }

    void cutOff() {
      try {
        jedis.disconnect();
      } catch (JedisException e) {
        log.debug("Redis subscriber not closed cleanly", e);
      }
    }
  }
}
