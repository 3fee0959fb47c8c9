// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.redis;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.util.JedisURIHelper;

/** Which Redis: {@code redis://user:password@host:port/database}, or {@code rediss://} for TLS. */
public final class RedisAddress {
  private static final int DEFAULT_PORT = 6379;
  private static final int TIMEOUT_MS = 2_000;

  private final HostAndPort server;
  private final JedisClientConfig config;

  /** Takes the address apart; connects nowhere. */
  public RedisAddress(URI uri) {
    requireNonNull(uri, "uri");
    if (uri.getHost() == null) {
      throw new IllegalArgumentException(
          "redis: a URI without a host (expected: redis://host:port)");
    }
    server = new HostAndPort(uri.getHost(), uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort());
    DefaultJedisClientConfig.Builder builder =
        DefaultJedisClientConfig.builder()
            .resp2()
            .connectionTimeoutMillis(TIMEOUT_MS)
            .socketTimeoutMillis(TIMEOUT_MS)
            .database(JedisURIHelper.getDBIndex(uri));
    if (JedisURIHelper.isRedisSSLScheme(uri)) {
      builder.sslOptions(SslOptions.defaults());
    }
    if (JedisURIHelper.getUser(uri) != null) {
      builder.user(JedisURIHelper.getUser(uri));
    }
    if (JedisURIHelper.getPassword(uri) != null) {
      builder.password(JedisURIHelper.getPassword(uri));
    }
    config = builder.build();
  }

  /** Connects, within two seconds, or throws Jedis' exception. */
  Jedis connect() {
    return new Jedis(server, config);
  }

  /** Never tells the password. */
  @Override
  public String toString() {
    return server.toString();
  }
}
