// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.master.roster;

import io.perfload.common.control.ProcessIdentity;
import io.perfload.common.control.SlotState;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * New processes for all managed slots, one slot after the other: the next is begun when the one
 * before takes connections and the process it had is gone. It ends at the first slot where that
 * fails, and the slots behind it keep what they have. Confined to the door's event loop.
 */
final class RollingRestart {
  private static final Logger log = LoggerFactory.getLogger(RollingRestart.class);

  private final Consumer<Slot> replace;
  private final Duration limit;
  private final Queue<Step> left = new ArrayDeque<>();
  private RestartListener listener = RestartListener.NONE;
  private @Nullable Step current;
  private long sinceNanos;

  /** A slot and the process that is to go, if it had one. */
  private record Step(Slot slot, Optional<ProcessIdentity> old) {
    boolean isDone() {
      boolean another = old.isEmpty() || !slot.process().equals(old);
      return another && slot.is(SlotState.LIVE) && slot.predecessor().isEmpty();
    }
  }

  /**
   * @param replace begins to give a slot a new process
   * @param limit how long one slot may take
   */
  RollingRestart(Consumer<Slot> replace, Duration limit) {
    this.replace = replace;
    this.limit = limit;
  }

  /** Begins, or tells {@code teller} why not. */
  void begin(List<Slot> slots, RestartListener teller, long now) {
    if (current != null) {
      teller.ended(Optional.of("a restart is under way"));
    } else if (slots.isEmpty()) {
      teller.ended(Optional.of("this master starts no workers"));
    } else if (slots.stream().anyMatch(slot -> slot.predecessor().isPresent())) {
      teller.ended(Optional.of("a worker of the last restart is still finishing"));
    } else {
      log.info("Workers are replaced one by one: slots={}", slots.size());
      listener = teller;
      slots.forEach(slot -> left.add(new Step(slot, slot.process())));
      next(now);
    }
  }

  private void next(long now) {
    current = left.poll();
    sinceNanos = now;
    if (current == null) {
      end(Optional.empty());
    } else if (current.old().isPresent() && current.slot().process().equals(current.old())) {
      replace.accept(current.slot());
    } // else it lost its process meanwhile, and gets or got another one anyway
  }

  /** Goes on as far as it can. Called a few times a second. */
  void tick(long now) {
    Step step = current;
    if (step == null) {
      return;
    }
    if (step.isDone()) {
      log.info("Worker replaced: slot={}", step.slot().number);
      listener.replaced(step.slot().number, pid(step.old()), pid(step.slot().process()));
      next(now);
    } else if (now - sinceNanos > limit.toNanos()) {
      failed(step.slot(), "it took longer than " + limit.toSeconds() + " s");
    }
  }

  /** The slot's new process came to nothing. */
  void failed(Slot slot, String why) {
    if (current != null && current.slot() == slot) {
      log.warn("Workers are no longer replaced: slot={} reason=\"{}\"", slot.number, why);
      end(Optional.of("worker " + slot.number + ": " + why));
    }
  }

  /** Leaves it at what was done. */
  void cancel(String why) {
    if (current != null) {
      end(Optional.of(why));
    }
  }

  private void end(Optional<String> failure) {
    left.clear();
    current = null;
    RestartListener told = listener;
    listener = RestartListener.NONE;
    told.ended(failure);
  }

  private static long pid(Optional<ProcessIdentity> process) {
    return process.map(ProcessIdentity::pid).orElse(0L);
  }
}
