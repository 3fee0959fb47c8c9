// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.common.wire;

import static java.util.Objects.requireNonNull;

import io.perfload.common.model.HostProfile;
import io.perfload.common.model.LostSamples;
import io.perfload.common.model.SeriesSet;
import io.perfload.common.model.SpoolReport;
import java.nio.ByteBuffer;

/**
 * Everything an agent can say to a worker. A host number is the agent's own, from 0, one a host of
 * the connection.
 */
public sealed interface AgentMessage {
  /** As many hosts as one connection may speak for. */
  int MAX_HOSTS = 4096;

  /** Calls the case that fits; a new message does not compile until every reader handles it. */
  <R> R on(Cases<R> cases);

  /**
   * Opens the conversation; must come first.
   *
   * @param agentVersion for people
   * @param agentStartMs when this run of the agent began, its own clock: orders readings of the
   *     same second
   * @param clockMs the agent's clock now
   * @param token what the agent was given to prove itself; empty if nothing
   */
  record Hello(String agentVersion, long agentStartMs, long clockMs, String token)
      implements AgentMessage {
    @Override
    public <R> R on(Cases<R> cases) {
      return cases.hello(this);
    }

    /** Never prints the token. */
    @Override
    public String toString() {
      return "Hello["
          + agentVersion
          + ", agentStartMs="
          + agentStartMs
          + ", clockMs="
          + clockMs
          + "]";
    }
  }

  /** Presents a host, or presents it again because something about it changed. */
  record Host(int host, HostProfile profile) implements AgentMessage {
    @Override
    public <R> R on(Cases<R> cases) {
      return cases.host(this);
    }
  }

  /**
   * Declares a set of series.
   *
   * @param current whether the samples that follow have these columns; otherwise the set is only
   *     named by chunks
   */
  record Series(int host, boolean current, SeriesSet set) implements AgentMessage {
    @Override
    public <R> R on(Cases<R> cases) {
      return cases.series(this);
    }
  }

  /**
   * One reading of a host.
   *
   * @param delta what {@link SampleDecoder} understands; a view, valid only while the message is
   *     handled
   */
  record Sample(int host, ByteBuffer delta) implements AgentMessage {
    @Override
    public <R> R on(Cases<R> cases) {
      return cases.sample(this);
    }
  }

  /**
   * A sealed chunk. Its set of series was declared on this connection before.
   *
   * @param packed as sealed; a view, valid only while the message is handled
   */
  record Chunk(ByteBuffer packed) implements AgentMessage {
    @Override
    public <R> R on(Cases<R> cases) {
      return cases.chunk(this);
    }
  }

  /**
   * Samples that were taken and cannot be delivered. Takes a place among the chunks: it uses credit
   * and is acknowledged in the order sent, once it is stored.
   */
  record Gap(int host, LostSamples lost) implements AgentMessage {
    @Override
    public <R> R on(Cases<R> cases) {
      return cases.gap(this);
    }
  }

  /** How the agent keeps what is not yet acknowledged; when it changes, and first of all. */
  record Spool(int host, SpoolReport report) implements AgentMessage {
    @Override
    public <R> R on(Cases<R> cases) {
      return cases.spool(this);
    }
  }

  /** Asks for a {@link Pong}. */
  record Ping(long nonce) implements AgentMessage {
    @Override
    public <R> R on(Cases<R> cases) {
      return cases.ping(this);
    }
  }

  /**
   * Answers a worker's ping.
   *
   * @param clockMs the agent's clock when it answered
   */
  record Pong(long nonce, long clockMs) implements AgentMessage {
    @Override
    public <R> R on(Cases<R> cases) {
      return cases.pong(this);
    }
  }

  /** The agent stops on purpose: its hosts are offline now, not missing. */
  record Goodbye(String reason) implements AgentMessage {
    public Goodbye {
      requireNonNull(reason, "reason");
    }

    @Override
    public <R> R on(Cases<R> cases) {
      return cases.goodbye(this);
    }
  }

  /** One method a message. */
  interface Cases<R> {
    R hello(Hello message);

    R host(Host message);

    R series(Series message);

    R sample(Sample message);

    R chunk(Chunk message);

    R gap(Gap message);

    R spool(Spool message);

    R ping(Ping message);

    R pong(Pong message);

    R goodbye(Goodbye message);
  }
}
