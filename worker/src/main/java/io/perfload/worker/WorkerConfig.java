// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker;

import io.perfload.common.config.HostPort;
import io.perfload.common.config.Parser;
import io.perfload.common.config.Setting;
import io.perfload.common.config.Settings;
import io.perfload.common.config.Text;
import io.perfload.common.control.RunDirectory;
import io.perfload.common.route.AddressRanges;
import io.perfload.worker.history.HistorySettings;
import io.perfload.worker.mongo.MongoStores;
import io.perfload.worker.redis.RedisAddress;
import io.perfload.worker.session.SessionRules;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Everything a worker is told.
 *
 * @param run where it meets its master
 * @param listen a port of its own instead of a master
 * @param redis where workers share what they know
 * @param mongo where history is kept, as MongoDB writes it
 * @param node what it calls itself before a master names it
 * @param prefix begins every name in Redis
 * @param threads event loops that serve connections
 * @param perAddress connections that one client address may have open
 * @param allow client addresses that may have any number
 * @param drainWithin how long it may finish what it has on a stop
 * @param shown all settings as text, no secrets
 */
public record WorkerConfig(
    RunDirectory run,
    Optional<HostPort> listen,
    RedisAddress redis,
    String mongo,
    String node,
    String prefix,
    int threads,
    SessionRules sessions,
    HistorySettings history,
    int perAddress,
    AddressRanges allow,
    Duration drainWithin,
    Map<String, String> shown) {
  private static final Setting<Path> RUN =
      Setting.path(
          "worker.run",
          "The run directory: where master and workers meet.",
          Path.of("data", "run"));
  private static final Setting<Optional<HostPort>> LISTEN =
      Setting.hostPort(
              "worker.listen",
              "A port of its own, for a worker without a master.",
              new HostPort("127.0.0.1", 0))
          .optional();
  private static final Setting<RedisAddress> REDIS =
      Setting.of(
              "worker.redis",
              "Where workers share what they know: redis://user:password@host:port/database, or"
                  + " rediss:// for TLS.",
              new RedisAddress(URI.create("redis://127.0.0.1:6379")),
              Parser.of(
                  "a URI that begins with redis:// or rediss:// and names a host",
                  WorkerConfig::redisAddress))
          .secret();
  private static final Setting<String> MONGO =
      Setting.of(
              "worker.mongo",
              "Where history is kept: mongodb://user:password@host:port/database.",
              "mongodb://127.0.0.1:27017/" + MongoStores.DEFAULT_DATABASE,
              Parser.of(
                  "a URI that begins with mongodb:// or mongodb+srv://",
                  text -> Optional.of(text).filter(WorkerConfig::isMongo)))
          .secret();
  private static final Setting<Optional<String>> NODE =
      Setting.text(
              "worker.node",
              "What the worker calls its machine until a master tells it; the host name if not"
                  + " given.",
              "-")
          .optional();
  private static final Setting<String> PREFIX =
      Setting.text("worker.redis-prefix", "Begins every name in Redis.", "perfload");
  private static final Setting<Integer> THREADS =
      Setting.integer("worker.threads", "Threads that serve connections.", 1, 1, 64);
  private static final Setting<Integer> CREDIT =
      Setting.integer(
          "worker.chunk-credit",
          "Chunks an agent may send before the first is stored.",
          SessionRules.DEFAULTS.credit(),
          1,
          64);
  private static final Setting<Long> HELD =
      Setting.bytes(
          "worker.held-chunks",
          "Chunks to hold in all while the write queue is full; beyond it agents are not read.",
          SessionRules.DEFAULTS.heldBytes(),
          1L << 20,
          1L << 30);
  private static final Setting<Duration> KEEP =
      Setting.duration(
          "worker.keep",
          "How long readings of each second are kept.",
          HistorySettings.DEFAULT_KEEP,
          HistorySettings.MIN_KEEP,
          HistorySettings.MAX_KEEP);
  private static final Setting<Long> QUEUE_BYTES =
      Setting.bytes(
          "worker.write-queue",
          "Bytes of chunks that may wait for MongoDB.",
          HistorySettings.DEFAULTS.queueBytes(),
          1L << 20,
          1L << 30);
  private static final Setting<Integer> WRITERS =
      Setting.integer(
          "worker.writers",
          "Threads that write to MongoDB.",
          HistorySettings.DEFAULTS.writers(),
          1,
          16);
  private static final Setting<Integer> PER_ADDRESS =
      Setting.integer(
          "worker.connections-per-address",
          "Connections that one address (IPv6: one /64) may have open at a worker; more are closed.",
          2_000,
          1,
          1_000_000);
  private static final Setting<AddressRanges> ALLOW =
      Setting.of(
          "worker.connections-allow",
          "Addresses that may have any number open, such as 203.0.113.7, 10.0.0.0/8; or none.",
          AddressRanges.LOOPBACK,
          Parser.of(AddressRanges.EXPECTED, AddressRanges::parse));
  private static final Setting<Duration> DRAIN_WITHIN =
      Setting.duration(
          "worker.drain-within",
          "How long to finish what there is on a stop.",
          Duration.ofSeconds(10),
          Duration.ZERO,
          Duration.ofHours(1));

  /** All that can be set. */
  public static final List<Setting<?>> SETTINGS =
      List.of(
          RUN,
          LISTEN,
          REDIS,
          MONGO,
          NODE,
          PREFIX,
          THREADS,
          CREDIT,
          HELD,
          KEEP,
          QUEUE_BYTES,
          WRITERS,
          PER_ADDRESS,
          ALLOW,
          DRAIN_WITHIN);

  public WorkerConfig {
    shown = Map.copyOf(shown);
  }

  /** Completes the settings with what this machine says. */
  public static WorkerConfig of(Settings settings) {
    SessionRules usual = SessionRules.DEFAULTS;
    var rules =
        new SessionRules(
            settings.get(CREDIT),
            settings.get(HELD),
            usual.ping(),
            usual.silence(),
            usual.parting(),
            usual.clockOff(),
            usual.oldest(),
            usual.columns());
    var history =
        new HistorySettings(
            settings.get(KEEP),
            settings.get(QUEUE_BYTES),
            HistorySettings.DEFAULTS.queueChunks(),
            settings.get(WRITERS));
    return new WorkerConfig(
        RunDirectory.of(settings.get(RUN)),
        settings.get(LISTEN),
        settings.get(REDIS),
        settings.get(MONGO),
        settings.get(NODE).orElseGet(HostName::read),
        settings.get(PREFIX),
        settings.get(THREADS),
        rules,
        history,
        settings.get(PER_ADDRESS),
        settings.get(ALLOW),
        settings.get(DRAIN_WITHIN),
        shown(settings));
  }

  private static Map<String, String> shown(Settings settings) {
    Map<String, String> shown = new TreeMap<>();
    for (Setting<?> setting : SETTINGS) {
      shown.put(setting.key(), setting.isSecret() ? "***" : Text.of(settings.get(setting)));
    }
    return shown;
  }

  private static Optional<RedisAddress> redisAddress(String text) {
    try {
      var uri = new URI(text);
      boolean ours = "redis".equals(uri.getScheme()) || "rediss".equals(uri.getScheme());
      return ours && uri.getHost() != null ? Optional.of(new RedisAddress(uri)) : Optional.empty();
    } catch (URISyntaxException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static boolean isMongo(String text) {
    return text.startsWith("mongodb://") || text.startsWith("mongodb+srv://");
  }
}
