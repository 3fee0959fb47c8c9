// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.common.wire;

import static java.util.Objects.requireNonNull;

import java.util.List;

/** Everything a worker can say to an agent. */
public sealed interface WorkerMessage {
  /** Calls the case that fits; a new message does not compile until every reader handles it. */
  <R> R on(Cases<R> cases);

  /**
   * Answers {@link AgentMessage.Hello}.
   *
   * @param node the machine or run the worker belongs to
   * @param clockMs the worker's clock
   * @param credit how many chunks and gaps may be sent and not yet acknowledged; 0 if the agent has
   *     to wait for an {@link Ack} that gives some
   */
  record Welcome(String node, int slot, long clockMs, int credit) implements WorkerMessage {
    @Override
    public <R> R on(Cases<R> cases) {
      return cases.welcome(this);
    }
  }

  /**
   * What became of chunks and gaps, in the order they were sent on this connection.
   *
   * @param chunks how many of them need not be sent again, counted from the first of the connection
   * @param refusals those among them that can never be stored
   * @param credit as in {@link Welcome}, from now on
   */
  record Ack(long chunks, List<Refusal> refusals, int credit) implements WorkerMessage {
    public Ack {
      refusals = List.copyOf(refusals);
    }

    @Override
    public <R> R on(Cases<R> cases) {
      return cases.ack(this);
    }
  }

  /**
   * A chunk that can never be stored.
   *
   * @param chunk its place in the order sent, from 0
   * @param reason one word for counters, then what people need to know
   */
  record Refusal(long chunk, String reason) {
    public Refusal {
      requireNonNull(reason, "reason");
    }
  }

  /**
   * Why the worker is about to close the connection.
   *
   * @param code one word: a fault's label, {@code draining}, {@code busy} …
   * @param message one sentence for the agent's operator
   */
  record Failure(String code, String message) implements WorkerMessage {
    @Override
    public <R> R on(Cases<R> cases) {
      return cases.failure(this);
    }
  }

  /** Asks for a {@link Pong}. */
  record Ping(long nonce) implements WorkerMessage {
    @Override
    public <R> R on(Cases<R> cases) {
      return cases.ping(this);
    }
  }

  /**
   * Answers an agent's ping.
   *
   * @param clockMs the worker's clock when it answered
   */
  record Pong(long nonce, long clockMs) implements WorkerMessage {
    @Override
    public <R> R on(Cases<R> cases) {
      return cases.pong(this);
    }
  }

  /** One method a message. */
  interface Cases<R> {
    R welcome(Welcome message);

    R ack(Ack message);

    R failure(Failure message);

    R ping(Ping message);

    R pong(Pong message);
  }
}
