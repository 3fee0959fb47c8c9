// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.standalone.redis;

import io.perfload.standalone.PrivateFile;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * How the embedded Redis runs: on loopback, behind a password, and without keeping anything. What
 * is in it are leases and hints that workers write again within seconds; what must last is in the
 * store.
 *
 * @param port on 127.0.0.1
 * @param password of the default user; in no command line
 * @param directory its working directory
 */
public record RedisConf(int port, String password, Path directory) {
  private static final int PASSWORD_BYTES = 24;

  /** Makes up a password. */
  public static RedisConf create(int port, Path directory, SecureRandom random) {
    byte[] bytes = new byte[PASSWORD_BYTES];
    random.nextBytes(bytes);
    return new RedisConf(port, HexFormat.of().formatHex(bytes), directory);
  }

  /** What workers connect to. A secret. */
  public String uri() {
    return "redis://:" + password + "@127.0.0.1:" + port;
  }

  /** Writes the configuration so that only this user can read it. */
  public void write(Path file) throws IOException {
    PrivateFile.write(
        file,
        """
        bind 127.0.0.1
        port %d
        protected-mode yes
        requirepass %s
        daemonize no
        dir "%s"
        save ""
        appendonly no
        maxmemory 256mb
        maxmemory-policy volatile-ttl
        maxclients 1000
        tcp-keepalive 60
        """
            .formatted(port, password, directory));
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "RedisConf[port=" + port + ", directory=" + directory + "]";
  }
}
