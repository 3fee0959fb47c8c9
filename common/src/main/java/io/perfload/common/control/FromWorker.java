// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.common.control;

import static java.util.Objects.requireNonNull;

import java.util.UUID;

/**
 * Everything that is said to a master on its control socket: by its workers, by the master that is
 * to follow it, and by commands of its operator.
 */
public sealed interface FromWorker {
  /** Calls the case that fits; a new message does not compile until every reader handles it. */
  <R> R on(Cases<R> cases);

  /**
   * The first message: who the worker is.
   *
   * @param version {@link ControlCodec#VERSION} of the worker
   * @param instance random, one per process; the handover socket begins with it
   * @param pid as the worker sees itself; the master trusts only what the kernel says
   * @param lastSlot the slot it had from an earlier master of this directory, or -1
   * @param room how many more descriptors it can take
   * @param connections how many it holds already
   */
  record Register(int version, UUID instance, long pid, int lastSlot, int room, int connections)
      implements FromWorker {
    public Register {
      requireNonNull(instance, "instance");
      requireAtLeast("lastSlot", lastSlot, -1);
      requireAtLeast("room", room, 0);
      requireAtLeast("connections", connections, 0);
    }

    @Override
    public <R> R on(Cases<R> cases) {
      return cases.register(this);
    }
  }

  /**
   * How full the worker is; once a second, and more often while its room shrinks fast.
   *
   * @param connections open connections of all kinds
   * @param room how many more descriptors it can take
   * @param answered how many descriptors it had answered on its present handover socket when it
   *     counted the other two
   */
  record Load(int connections, int room, long answered) implements FromWorker {
    public Load {
      requireAtLeast("connections", connections, 0);
      requireAtLeast("room", room, 0);
      requireAtLeast("answered", answered, 0);
    }

    @Override
    public <R> R on(Cases<R> cases) {
      return cases.load(this);
    }
  }

  /**
   * The worker wants to stop: send it nothing more, and close its handover socket when all is
   * answered.
   */
  record Leaving() implements FromWorker {
    @Override
    public <R> R on(Cases<R> cases) {
      return cases.leaving(this);
    }
  }

  /** Not from a worker: hand the door on to the next master, and exit. */
  record MakeWay() implements FromWorker {
    @Override
    public <R> R on(Cases<R> cases) {
      return cases.makeWay(this);
    }
  }

  /**
   * Not from a worker: replace the workers one by one. {@link FromMaster.Replaced} tells how it
   * goes on, {@link FromMaster.RestartEnded} how it ended, and the roster comes as to workers.
   */
  record RestartWorkers() implements FromWorker {
    @Override
    public <R> R on(Cases<R> cases) {
      return cases.restartWorkers(this);
    }
  }

  /** One method a message. */
  interface Cases<R> {
    R register(Register message);

    R load(Load message);

    R leaving(Leaving message);

    R makeWay(MakeWay message);

    R restartWorkers(RestartWorkers message);
  }

  private static void requireAtLeast(String name, long value, long least) {
    if (value < least) {
      throw new IllegalArgumentException(name + ": " + value + " (expected: >= " + least + ")");
    }
  }
}
