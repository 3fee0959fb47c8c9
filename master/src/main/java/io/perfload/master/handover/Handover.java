// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.master.handover;

import io.netty.channel.unix.FileDescriptor;
import io.perfload.common.control.Answer;
import io.perfload.common.control.DoorCounters;
import io.perfload.common.control.FromWorker;
import io.perfload.common.route.SlotTable;
import io.perfload.common.route.StickyRoute;
import io.perfload.master.accept.ConnectRate;
import io.perfload.master.accept.HeldSocket;
import io.perfload.master.accept.Intake;
import io.perfload.master.accept.Listener;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Routes each accepted socket to a slot, sends it, keeps a copy until the answer, and closes that.
 *
 * <p>Everything held is bounded: in all by {@link HandoverLimits#held}, and for one slot by that
 * share of it which leaves the other slots theirs. Past the bounds the listener is not read, and
 * the kernel's backlog waits. Confined to the door's event loop.
 */
public final class Handover implements Intake, SlotTable {
  private static final Logger log = LoggerFactory.getLogger(Handover.class);

  private final StickyRoute route;
  private final ConnectRate rate;
  private final HandoverLimits limits;
  private final LongSupplier nanoTime;
  private final SlotListener events;
  private final List<SlotQueue> queues = new ArrayList<>();

  /** Accepted, and no slot can take them: their worker went, or had no room. */
  private final ArrayDeque<HeldSocket> parked = new ArrayDeque<>();

  private @Nullable Listener listener;
  private boolean stopped;
  private boolean starved;
  private int held;
  private int slotCap;
  private long noSlotSinceNanos;
  private boolean refusing;

  private long accepted;
  private long refused;
  private long adopted;
  private long dead;
  private long severed;
  private long rerouted;
  private long notTaken;
  private long paused;

  public Handover(
      StickyRoute route,
      ConnectRate rate,
      HandoverLimits limits,
      LongSupplier nanoTime,
      SlotListener events) {
    this.route = route;
    this.rate = rate;
    this.limits = limits;
    this.nanoTime = nanoTime;
    this.events = events;
    noSlotSinceNanos = nanoTime.getAsLong();
    slotCap = limits.held();
  }

  /** Makes room for slot numbers below {@code count}. */
  public void slots(int count) {
    while (queues.size() < count) {
      queues.add(new SlotQueue(queues.size()));
    }
  }

  /** The listening socket is there: workers that are linked get their copy. */
  public void open(Listener newListener) {
    listener = newListener;
    queues.forEach(this::offerDoor);
    settle();
  }

  /** Accepts nothing more; what is held goes on. */
  public void stop() {
    stopped = true;
    settle();
  }

  // ---- connections in

  @Override
  public boolean accepting() {
    return !stopped && !starved && held < limits.held() && (refusing || anyOpen());
  }

  @Override
  public void accepted(int fd, long client) {
    accepted++;
    var socket = new HeldSocket(fd, client);
    long now = nanoTime.getAsLong();
    if (!rate.allows(client, now)) {
      socket.letGo();
      return;
    }
    held++;
    place(socket, now);
    if (!accepting()) {
      settle();
    }
  }

  @Override
  public void starved(IOException cause) {
    if (!starved) {
      starved = true;
      log.warn("Out of descriptors, listener paused: held={} cause={}", held, cause.toString());
    }
    settle();
  }

  private void place(HeldSocket socket, long now) {
    int slot = route.choose(socket.client(), this);
    if (slot != StickyRoute.NONE) {
      queues.get(slot).take(socket, now);
    } else if (refusing) {
      refuse(socket);
    } else {
      parked.add(socket);
    }
  }

  private void refuse(HeldSocket socket) {
    refused++;
    held--;
    socket.letGo();
  }

  // ---- slots

  /** A worker's handover socket is connected. It is ready once it has its copy of the door. */
  public void linked(int slot, DescriptorLink link, int room, int connections) {
    SlotQueue queue = queues.get(slot);
    queue.begin(link, room, connections);
    offerDoor(queue);
  }

  private void offerDoor(SlotQueue queue) {
    if (listener != null && !stopped && queue.lacksDoor()) {
      queue.sendDoor(listener.fd().intValue(), nanoTime.getAsLong());
    }
  }

  /** The worker said how full it is. */
  public void reported(int slot, FromWorker.Load load) {
    SlotQueue queue = queues.get(slot);
    queue.report(load.connections(), load.room(), load.answered());
    queue.pump(nanoTime.getAsLong());
    settle();
  }

  /** Answers came, in the order in which the descriptors were sent. */
  public void answered(int slot, byte answer) {
    SlotQueue queue = queues.get(slot);
    Optional<HeldSocket> socket = queue.answered();
    if (socket.isEmpty()) {
      events.misbehaved(slot, "an answer to nothing");
    } else if (!queue.isReady()) {
      doorAnswered(queue, slot, answer);
    } else {
      clientAnswered(queue, slot, answer, socket.get());
    }
  }

  private void doorAnswered(SlotQueue queue, int slot, byte answer) {
    if (answer == Answer.ADOPTED) {
      queue.ready();
      events.ready(slot);
    } else {
      log.warn("Worker could not take the listening socket: slot={}", slot);
    }
  }

  private void clientAnswered(SlotQueue queue, int slot, byte answer, HeldSocket socket) {
    switch (answer) {
      case Answer.ADOPTED -> {
        adopted++;
        queue.countAdopted();
        settled(socket);
      }
      case Answer.DEAD -> {
        dead++;
        settled(socket);
      }
      case Answer.NOT_TAKEN -> {
        notTaken++;
        queue.full();
        reroute(socket, nanoTime.getAsLong());
      }
      default -> {
        reroute(socket, nanoTime.getAsLong());
        events.misbehaved(slot, "answer " + answer);
      }
    }
  }

  private void settled(HeldSocket socket) {
    held--;
    socket.letGo();
  }

  private void reroute(HeldSocket socket, long now) {
    rerouted++;
    place(socket, now);
  }

  /** A batch of answers is through: use the credit they gave back. */
  public void answersEnd(int slot) {
    SlotQueue queue = queues.get(slot);
    long now = nanoTime.getAsLong();
    noSlotSinceNanos = now;
    queue.pump(now);
    tellDrained(queue, slot);
    settle();
  }

  private void tellDrained(SlotQueue queue, int slot) {
    if (queue.isShut() && !queue.hasUnanswered()) {
      events.drained(slot);
    }
  }

  /** Sends nothing more to the slot; what waited for it goes elsewhere. */
  public void shut(int slot) {
    SlotQueue queue = queues.get(slot);
    queue.shut();
    moveWaiting(queue);
    tellDrained(queue, slot);
    settle();
  }

  /** Takes back {@link #shut}. */
  public void reopen(int slot) {
    SlotQueue queue = queues.get(slot);
    if (queue.isReady()) {
      queue.ready();
    }
    settle();
  }

  /** Whether a worker that takes connections has a copy of the door. */
  public boolean isKept() {
    return queues.stream().anyMatch(SlotQueue::isReady);
  }

  /** Whether the slot has answered all it was sent. */
  public boolean drained(int slot) {
    return !queues.get(slot).hasUnanswered();
  }

  /**
   * The slot's worker is dead for certain: what it did not answer was never read from and goes on.
   */
  public void buried(int slot) {
    end(slot, true);
  }

  /**
   * The slot's worker cannot be proved dead: what it did not answer may have an owner, and is
   * ended.
   */
  public void lost(int slot) {
    end(slot, false);
  }

  private void end(int slot, boolean reroute) {
    SlotQueue queue = queues.get(slot);
    boolean ready = queue.isReady();
    queue.end();
    moveWaiting(queue);
    long now = nanoTime.getAsLong();
    for (var next = queue.takeUnanswered(); next.isPresent(); next = queue.takeUnanswered()) {
      if (ready && reroute) {
        reroute(next.get(), now);
      } else if (ready) {
        severed++;
        held--;
        next.get().sever();
      } // else it is the door's own descriptor
    }
    settle();
  }

  private void moveWaiting(SlotQueue queue) {
    long now = nanoTime.getAsLong();
    for (int i = queue.waiting(); i > 0; i--) {
      queue.takeWaiting().ifPresent(socket -> place(socket, now));
    }
  }

  // ---- time

  /**
   * Passes over slots that stall, retries what could not be done, and runs out of patience. Called
   * about ten times a second.
   */
  public void tick(long now) {
    starved = false;
    for (SlotQueue queue : queues) {
      queue.checkStall(now, limits.stallAfter().toNanos());
      if (queue.stalled() && anyOpen()) {
        moveWaiting(queue);
      }
      queue.pump(now);
    }
    if (anyOpen()) {
      noSlotSinceNanos = now;
      refusing = false;
    } else if (listener != null && now - noSlotSinceNanos > limits.patience().toNanos()) {
      runOutOfPatience();
    }
    settle();
  }

  /** Offers the door again to a worker that could not take it. */
  public void retryDoor(int slot) {
    offerDoor(queues.get(slot));
  }

  private void runOutOfPatience() {
    if (!refusing) {
      log.warn("No worker takes connections, they are refused: parked={}", parked.size());
    }
    refusing = true;
    for (int i = parked.size(); i > 0; i--) {
      refuse(parked.remove());
    }
  }

  /** Counts the time in which this process itself stood still out of every age. */
  public void forgive(long now) {
    queues.forEach(queue -> queue.forgive(now));
    noSlotSinceNanos = now;
  }

  /** Age of the slot's oldest unanswered descriptor. */
  public long oldestNanos(int slot, long now) {
    return queues.get(slot).oldestNanos(now);
  }

  private void settle() {
    int live = 0;
    for (SlotQueue queue : queues) {
      live += queue.live() ? 1 : 0;
    }
    slotCap = Math.max(1, limits.held() / (live + 1));
    if (!parked.isEmpty() && anyOpen()) {
      long now = nanoTime.getAsLong();
      for (int i = parked.size(); i > 0; i--) {
        place(parked.remove(), now);
      }
    }
    if (listener != null) {
      boolean reads = accepting();
      paused += listener.isReading() && !reads ? 1 : 0;
      listener.reading(reads);
    }
  }

  private boolean anyOpen() {
    for (SlotQueue queue : queues) {
      if (queue.open(slotCap)) {
        return true;
      }
    }
    return false;
  }

  // ---- what others see

  /** Whether something waits for an answer, a slot or a descriptor. */
  public boolean busy() {
    return held > 0 || starved;
  }

  /** How many connections are held now. */
  public int held() {
    return held;
  }

  /** Connections the slot's workers adopted since this master started. */
  public long adopted(int slot) {
    return queues.get(slot).adopted();
  }

  public boolean stalled(int slot) {
    return queues.get(slot).stalled();
  }

  public DoorCounters counters() {
    return new DoorCounters(
        accepted,
        refused,
        rate.limited(),
        rate.forgotten(),
        held,
        adopted,
        dead,
        severed,
        rerouted,
        notTaken,
        paused);
  }

  /** The listening socket, once there is one. */
  public Optional<FileDescriptor> door() {
    return Optional.ofNullable(listener).map(Listener::fd);
  }

  @Override
  public int size() {
    return queues.size();
  }

  @Override
  public boolean live(int slot) {
    return queues.get(slot).live();
  }

  @Override
  public boolean open(int slot) {
    return queues.get(slot).open(slotCap);
  }

  @Override
  public int load(int slot) {
    return queues.get(slot).load();
  }
}
