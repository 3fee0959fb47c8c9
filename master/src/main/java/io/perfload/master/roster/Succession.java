// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.master.roster;

import io.perfload.common.control.FromWorker;
import io.perfload.common.control.ProcessIdentity;
import io.perfload.common.control.SlotState;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a slot gets a new process while its old one works: the new one starts and registers; the slot
 * is shut for as long as it takes to answer what was sent; the new one takes the slot; and once it
 * takes connections, the old one sends its agents there and exits. If the new one comes to nothing,
 * the old one stays. Confined to the door's event loop.
 */
final class Succession {
  private static final Logger log = LoggerFactory.getLogger(Succession.class);

  /** Beyond the time a worker was given to finish. */
  static final Duration GRACE = Duration.ofSeconds(5);

  private final WorkerCommand command;
  private final WorkerProcesses processes;
  private final RosterSettings settings;
  private final LongSupplier nanoTime;
  private final Events events;

  /** What the roster does when a succession goes on. */
  interface Events {
    /** The successor is ready to take the slot. */
    void registered(Slot slot);

    /** The slot is empty, and this is who has it now. */
    void seated(Slot slot, Successor heir, ProcessIdentity process);

    /** A process ended that had been a successor. */
    void exited(Slot slot, ProcessIdentity process);

    /** The successor came to nothing. */
    void failed(Slot slot, String why);

    /** A process that had no slot any more, or none yet, is gone. */
    void gone(Slot slot);
  }

  Succession(
      WorkerCommand command,
      WorkerProcesses processes,
      RosterSettings settings,
      LongSupplier nanoTime,
      Events events) {
    this.command = command;
    this.processes = processes;
    this.settings = settings;
    this.nanoTime = nanoTime;
    this.events = events;
  }

  /** Starts a second process for the slot. */
  void begin(Slot slot) {
    var heir = new Successor(nanoTime.getAsLong());
    slot.succeededBy(heir);
    processes.startNext(
        command,
        slot.number,
        process -> started(slot, heir, process),
        process -> exited(slot, heir, process));
  }

  private void started(Slot slot, Successor heir, Optional<ProcessIdentity> process) {
    process.ifPresent(heir::started);
    if (slot.successor().filter(now -> now == heir).isEmpty()) {
      process.ifPresent(orphan -> bury(slot, orphan));
    } else if (process.isEmpty()) {
      abandon(slot, "its new process cannot be started");
    } else {
      log.info("Worker's successor started: slot={} pid={}", slot.number, process.get().pid());
      inherit(slot);
    }
  }

  private void exited(Slot slot, Successor heir, ProcessIdentity process) {
    if (slot.successor().filter(now -> now == heir).isPresent()) {
      abandon(slot, "its new process ended");
    } else {
      events.exited(slot, process);
    }
  }

  /** Takes note that the slot's successor registered. */
  void registered(Slot slot, ControlLink link, FromWorker.Register message) {
    slot.successor().ifPresent(heir -> heir.registered(link, message));
    if (slot.is(SlotState.VACANT)) {
      inherit(slot);
    } else {
      events.registered(slot);
    }
  }

  /** Whether a successor waits for the slot. */
  boolean isAwaited(Slot slot) {
    return slot.successor().flatMap(Successor::registration).isPresent();
  }

  /** The slot's worker has answered all: it goes on without a slot, and its successor has it. */
  void swap(Slot slot) {
    Predecessor old = slot.retire(nanoTime.getAsLong());
    processes.demote(slot.number, old.process());
    await(slot, old);
    inherit(slot);
  }

  /** Gives an empty slot to its successor, if there is one already. */
  void inherit(Slot slot) {
    Optional<Successor> heir = slot.successor().filter(next -> next.process().isPresent());
    if (heir.isPresent() && slot.is(SlotState.VACANT)) {
      slot.succeeded();
      ProcessIdentity process = heir.get().process().orElseThrow();
      processes.promote(slot.number, process);
      events.seated(slot, heir.get(), process);
    }
  }

  /** The successor comes to nothing: it is killed, and the slot keeps what it has. */
  void abandon(Slot slot, String why) {
    Optional<Successor> heir = slot.successor();
    if (heir.isPresent()) {
      slot.succeeded();
      heir.get().process().ifPresent(process -> bury(slot, process));
      events.failed(slot, why);
    }
  }

  private void bury(Slot slot, ProcessIdentity process) {
    processes.awaitDeath(
        process,
        true,
        WorkerProcesses.FOR_EVER,
        () -> {
          processes.forgetNext(slot.number);
          events.gone(slot);
        });
  }

  /** The slot's new worker takes connections: the old one sends its agents there. */
  void dismiss(Slot slot) {
    slot.predecessor()
        .ifPresent(old -> old.dismiss(settings.drainWithin(), GRACE, nanoTime.getAsLong()));
  }

  /** Kills a predecessor that does not finish in time. */
  void tick(Slot slot, long now) {
    if (slot.predecessor().filter(old -> old.isLate(now)).isPresent()) {
      log.warn("Former worker did not finish in time, killed: slot={}", slot.number);
      kill(slot);
    }
  }

  /** Ends what is left of a predecessor. */
  void kill(Slot slot) {
    slot.predecessor().ifPresent(old -> processes.kill(old.process()));
  }

  private void await(Slot slot, Predecessor old) {
    processes.awaitDeath(
        old.process(),
        false,
        WorkerProcesses.FOR_EVER,
        () -> {
          slot.forget(old);
          processes.forgetFormer(slot.number);
          events.gone(slot);
        });
  }
}
