// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.master.roster;

import static java.util.Objects.requireNonNull;

import io.perfload.common.control.ProcessIdentity;
import io.perfload.common.control.SlotState;
import io.perfload.master.handover.HandoverLink;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One slot of the roster and the worker in it. Confined to the door's event loop. */
final class Slot {
  final int number;

  /** Whether the master keeps a process here; else whoever registers may have the slot. */
  final boolean managed;

  final RespawnDelay delay = new RespawnDelay();
  SlotState state = SlotState.VACANT;
  int restarts;
  long sinceNanos;
  long heardNanos;
  int room;
  int connections;

  /** Whether it is shut for a successor, not because its worker leaves. */
  boolean yielding;

  private @Nullable ControlLink control;
  private @Nullable HandoverLink handover;
  private @Nullable UUID instance;
  private @Nullable ProcessIdentity process;
  private @Nullable Successor successor;
  private @Nullable Predecessor predecessor;
  private boolean dead;
  private boolean returning;
  private Duration lived = Duration.ZERO;

  Slot(int number, boolean managed) {
    this.number = number;
    this.managed = managed;
  }

  void become(SlotState next, long now) {
    if (state.live()) {
      lived = age(now);
    }
    state = next;
    yielding = false;
    sinceNanos = now;
  }

  boolean is(SlotState other) {
    return state == other;
  }

  Duration age(long now) {
    return Duration.ofNanos(now - sinceNanos);
  }

  /** How long the worker was live, zero if it never was. */
  Duration lived() {
    return lived;
  }

  /** A process was started here, or is expected back. */
  void expect(ProcessIdentity newProcess, boolean back) {
    process = newProcess;
    returning = back;
    dead = false;
  }

  /** A second process is being started for the slot. */
  void succeededBy(Successor heir) {
    successor = heir;
  }

  /** The successor has the slot, or never will. */
  void succeeded() {
    successor = null;
  }

  /** Who waits for the slot. */
  Optional<Successor> successor() {
    return Optional.ofNullable(successor);
  }

  /** Empties the slot; the worker that was in it stays as the predecessor. */
  Predecessor retire(long now) {
    var old = new Predecessor(requireNonNull(control), requireNonNull(process));
    predecessor = old;
    vacate();
    become(SlotState.VACANT, now);
    return old;
  }

  /** Who had the slot, and finishes. */
  Optional<Predecessor> predecessor() {
    return Optional.ofNullable(predecessor);
  }

  /** A predecessor is gone. */
  void forget(Predecessor old) {
    if (predecessor == old) {
      predecessor = null;
    }
  }

  /** Whether the slot has no process, and nobody has or will have a claim to it. */
  boolean isEmpty() {
    return is(SlotState.VACANT) && successor == null && predecessor == null;
  }

  /** Whether the process is one that an earlier master started. */
  boolean returning() {
    return returning;
  }

  void registered(ControlLink link, UUID newInstance, Optional<ProcessIdentity> newProcess) {
    control = link;
    instance = newInstance;
    process = newProcess.orElse(null);
    dead = false;
  }

  void linked(HandoverLink link) {
    handover = link;
  }

  /** Forgets the worker. */
  void vacate() {
    control = null;
    handover = null;
    instance = null;
    process = null;
    room = 0;
    connections = 0;
    lived = Duration.ZERO;
  }

  void processDied() {
    dead = true;
  }

  /** Whether nobody can answer any more: no process, and every answer it gave was read. */
  boolean silent() {
    return dead && (handover == null || !handover.isOpen());
  }

  Optional<ControlLink> control() {
    return Optional.ofNullable(control);
  }

  Optional<HandoverLink> handover() {
    return Optional.ofNullable(handover);
  }

  Optional<ProcessIdentity> process() {
    return Optional.ofNullable(process);
  }

  boolean holds(ControlLink link) {
    return control == link;
  }

  boolean holds(HandoverLink link) {
    return handover == link;
  }

  boolean holds(UUID other) {
    return other.equals(instance);
  }

  boolean holds(ProcessIdentity other) {
    return other.equals(process);
  }
}
