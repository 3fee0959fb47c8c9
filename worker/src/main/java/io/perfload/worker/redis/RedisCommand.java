// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.redis;

import redis.clients.jedis.Pipeline;

/** Something to ask of Redis together with others. On the link's thread. */
@FunctionalInterface
interface RedisCommand {
  /** Nothing to do once the answers are there. */
  Runnable NOTHING = () -> {};

  /** Appends commands and returns what to do once they are answered. */
  Runnable append(Pipeline pipeline);
}
