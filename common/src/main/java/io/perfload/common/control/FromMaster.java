// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.common.control;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * Everything a master says on the control socket: to its workers, and to whoever asked it to
 * restart them.
 */
public sealed interface FromMaster {
  /** Calls the case that fits; a new message does not compile until every reader handles it. */
  <R> R on(Cases<R> cases);

  /** The worker is on the roster and may connect its handover socket. */
  record SlotAssigned(int slot, String node) implements FromMaster {
    public SlotAssigned {
      requireNonNull(node, "node");
    }

    @Override
    public <R> R on(Cases<R> cases) {
      return cases.slotAssigned(this);
    }
  }

  /** The worker is not wanted; the master closes the link. The worker may try again later. */
  record Refused(String reason) implements FromMaster {
    public Refused {
      requireNonNull(reason, "reason");
    }

    @Override
    public <R> R on(Cases<R> cases) {
      return cases.refused(this);
    }
  }

  /**
   * The master found the port taken: a worker that holds the listening socket sends it to {@code
   * door.sock}.
   */
  record GiveDoor() implements FromMaster {
    @Override
    public <R> R on(Cases<R> cases) {
      return cases.giveDoor(this);
    }
  }

  /** The listening socket is shut for good; copies of it are of no use. */
  record DoorClosed() implements FromMaster {
    @Override
    public <R> R on(Cases<R> cases) {
      return cases.doorClosed(this);
    }
  }

  /**
   * Stop: nothing more will be handed over, finish what is open and exit.
   *
   * @param withinMillis when the master will kill the process
   */
  record Drain(long withinMillis) implements FromMaster {
    @Override
    public <R> R on(Cases<R> cases) {
      return cases.drain(this);
    }
  }

  /** The door as a whole; once a second and whenever a slot changes its state. */
  record Roster(DoorCounters counters, List<SlotReport> slots) implements FromMaster {
    public Roster {
      requireNonNull(counters, "counters");
      slots = List.copyOf(slots);
    }

    @Override
    public <R> R on(Cases<R> cases) {
      return cases.roster(this);
    }
  }

  /**
   * To who asked for a restart: a slot has a new worker, and its old one is gone.
   *
   * @param oldPid 0 if it had none
   */
  record Replaced(int slot, long oldPid, long newPid) implements FromMaster {
    @Override
    public <R> R on(Cases<R> cases) {
      return cases.replaced(this);
    }
  }

  /**
   * To who asked for a restart: it is over.
   *
   * @param failure why not all workers were replaced, empty if they were
   */
  record RestartEnded(String failure) implements FromMaster {
    public RestartEnded {
      requireNonNull(failure, "failure");
    }

    @Override
    public <R> R on(Cases<R> cases) {
      return cases.restartEnded(this);
    }
  }

  /** One method a message. */
  interface Cases<R> {
    R slotAssigned(SlotAssigned message);

    R refused(Refused message);

    R giveDoor(GiveDoor message);

    R doorClosed(DoorClosed message);

    R drain(Drain message);

    R roster(Roster message);

    R replaced(Replaced message);

    R restartEnded(RestartEnded message);
  }
}
