// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.redis;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.exceptions.JedisException;

/**
 * One connection to Redis for commands, on a thread of its own named {@code redis-commands}. What
 * is submitted goes out in pipelines, as much as there is. At most {@value #QUEUE} commands wait:
 * one more is dropped and counted, as is everything while there is no connection; commands that a
 * break caught are not repeated. Any thread may submit; it never blocks.
 */
public final class RedisLink {
  private static final Logger log = LoggerFactory.getLogger(RedisLink.class);
  private static final int QUEUE = 8192;
  private static final int BATCH = 1024;
  private static final long IDLE_MS = 250;
  private static final long OFTEN_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final RedisAddress address;
  private final Thread thread = new Thread(this::run, "redis-commands");
  private final AtomicLong dropped = new AtomicLong();
  private final AtomicLong breaks = new AtomicLong();
  private final Object lock = new Object();
  private final List<Runnable> whenIdle = new ArrayList<>();

  @GuardedBy("lock")
  private final Deque<RedisCommand> queue = new ArrayDeque<>();

  @GuardedBy("lock")
  private boolean up;

  @GuardedBy("lock")
  private long upSinceNanos;

  @GuardedBy("lock")
  private boolean stopped;

  private @Nullable Jedis jedis;
  private long oftenAt = System.nanoTime() - OFTEN_NANOS;

  public RedisLink(RedisAddress address) {
    this.address = requireNonNull(address, "address");
    thread.setDaemon(true);
  }

  /** Begins to connect, and goes on until it is stopped. */
  public void start() {
    thread.start();
  }

  /** Whether commands are answered. */
  public boolean isUp() {
    synchronized (lock) {
      return up;
    }
  }

  /** Since when, in the system's nanoseconds; of no meaning while it is down. */
  long upSinceNanos() {
    synchronized (lock) {
      return upSinceNanos;
    }
  }

  /** Commands that were not sent, or not answered. */
  public long dropped() {
    return dropped.get();
  }

  /** How often a connection broke. */
  public long breaks() {
    return breaks.get();
  }

  /** Returns false if the command was dropped. */
  boolean submit(RedisCommand command) {
    synchronized (lock) {
      if (!up || stopped || queue.size() >= QUEUE) {
        dropped.incrementAndGet();
        return false;
      }
      queue.addLast(command);
      lock.notifyAll();
      return true;
    }
  }

  /** Has {@code work} done on this link's thread a few times a second. Before the start only. */
  void often(Runnable work) {
    whenIdle.add(work);
  }

  RedisAddress address() {
    return address;
  }

  /** Sends what waits, within {@code withinMs}, and disconnects. */
  public void stop(long withinMs) throws InterruptedException {
    synchronized (lock) {
      stopped = true;
      lock.notifyAll();
    }
    thread.join(withinMs);
    thread.interrupt();
  }

  private void run() {
    var backoff = new Backoff();
    try {
      while (!isDone()) {
        if (jedis == null && !connect(backoff)) {
          awaitBackoff(backoff.next());
          continue;
        }
        work();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      disconnect();
    }
  }

  private void work() throws InterruptedException {
    List<RedisCommand> batch = awaitBatch();
    try {
      if (jedis != null) {
        send(jedis, batch);
      }
      doOften();
    } catch (JedisException e) {
      breaks.incrementAndGet();
      dropped.addAndGet(batch.size());
      log.warn("Redis connection lost: address={} reason={}", address, e.getMessage());
      disconnect();
    }
  }

  private void doOften() {
    long now = System.nanoTime();
    if (now - oftenAt >= OFTEN_NANOS) {
      oftenAt = now;
      whenIdle.forEach(Runnable::run);
    }
  }

  private static void send(Jedis jedis, List<RedisCommand> batch) {
    if (batch.isEmpty()) {
      return;
    }
    Pipeline pipeline = jedis.pipelined();
    List<Runnable> afterwards = new ArrayList<>(batch.size());
    batch.forEach(command -> afterwards.add(command.append(pipeline)));
    pipeline.sync();
    afterwards.forEach(Runnable::run);
  }

  private boolean connect(Backoff backoff) {
    try {
      Jedis next = address.connect();
      next.ping();
      jedis = next;
      backoff.reset();
      setUp(true);
      log.info("Redis connected: address={}", address);
      return true;
    } catch (JedisException e) {
      log.debug("Redis not reached: address={}", address, e);
      return false;
    }
  }

  private void disconnect() {
    setUp(false);
    if (jedis != null) {
      try {
        jedis.close();
      } catch (JedisException e) {
        log.debug("Redis connection not closed cleanly", e);
      }
      jedis = null;
    }
  }

  private void setUp(boolean now) {
    synchronized (lock) {
      upSinceNanos = now && !up ? System.nanoTime() : upSinceNanos;
      up = now;
      if (!now) {
        dropped.addAndGet(queue.size());
        queue.clear();
      }
    }
  }

  private List<RedisCommand> awaitBatch() throws InterruptedException {
    synchronized (lock) {
      long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(IDLE_MS);
      long left = IDLE_MS;
      while (queue.isEmpty() && !stopped && left > 0) {
        lock.wait(left);
        left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
      }
      List<RedisCommand> batch = new ArrayList<>();
      while (!queue.isEmpty() && batch.size() < BATCH) {
        batch.add(queue.removeFirst());
      }
      return batch;
    }
  }

  private void awaitBackoff(long ms) throws InterruptedException {
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ms);
    synchronized (lock) {
      long left = ms;
      while (!stopped && left > 0) {
        lock.wait(left);
        left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
      }
    }
  }

  private boolean isDone() {
    synchronized (lock) {
      return stopped && (queue.isEmpty() || !up);
    }
  }
}
