// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.master.handover;

import io.perfload.master.accept.HeldSocket;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one slot owes us: descriptors sent and not answered, at most {@link #CREDIT}, and those that
 * wait for credit. Confined to the door's event loop.
 */
final class SlotQueue {
  /** The kernel takes about 278 descriptors that nobody reads, then refuses. */
  static final int CREDIT = 200;

  private static final Logger log = LoggerFactory.getLogger(SlotQueue.class);

  private final int slot;
  private final ArrayDeque<HeldSocket> unanswered = new ArrayDeque<>();
  private final ArrayDeque<HeldSocket> waiting = new ArrayDeque<>();
  private @Nullable DescriptorLink link;
  private boolean ready;
  private boolean open;
  private boolean stalled;
  private long sent;
  private long answeredAtReport;
  private int connections;
  private int room;
  private long adopted;

  SlotQueue(int slot) {
    this.slot = slot;
  }

  /** Begins anew with the worker's link. */
  void begin(DescriptorLink newLink, int newRoom, int newConnections) {
    link = newLink;
    room = newRoom;
    connections = newConnections;
    sent = 0;
    answeredAtReport = 0;
    ready = false;
    open = false;
    stalled = false;
  }

  /**
   * Sends the listening socket, of which the worker keeps a copy; its answer makes the slot ready.
   */
  void sendDoor(int fd, long now) {
    var door = new HeldSocket(fd, 0);
    if (!trySend(door, now)) {
      log.warn("Worker did not take the listening socket: slot={}", slot);
    }
  }

  /** Whether the worker is there and still has to get its copy of the door. */
  boolean lacksDoor() {
    return link != null && !ready && unanswered.isEmpty();
  }

  void ready() {
    ready = true;
    open = true;
  }

  /** Whether the worker has its copy of the door, so that what is answered now are clients. */
  boolean isReady() {
    return ready;
  }

  /** Nothing new goes to this slot. */
  void shut() {
    open = false;
  }

  /** Whether the worker is linked and gets nothing more. */
  boolean isShut() {
    return ready && !open;
  }

  /** Forgets the link; what is unanswered stays until {@link #takeUnanswered}. */
  void end() {
    open = false;
    ready = false;
    stalled = false;
    if (link != null) {
      link.close();
      link = null;
    }
  }

  void report(int newConnections, int newRoom, long answered) {
    connections = newConnections;
    room = newRoom;
    answeredAtReport = answered;
  }

  /** The worker said it has no room; believed until it reports again. */
  void full() {
    room = 0;
  }

  boolean live() {
    return ready;
  }

  boolean open(int cap) {
    return open && !stalled && held() < cap && roomLeft() > waiting.size();
  }

  boolean stalled() {
    return stalled;
  }

  int load() {
    return (int) (connections + sent - answeredAtReport) + waiting.size();
  }

  long adopted() {
    return adopted;
  }

  int held() {
    return unanswered.size() + waiting.size();
  }

  boolean hasUnanswered() {
    return !unanswered.isEmpty();
  }

  private long roomLeft() {
    return room - (sent - answeredAtReport);
  }

  /** Sends {@code socket}, or lets it wait for its turn. */
  void take(HeldSocket socket, long now) {
    if (!waiting.isEmpty() || !trySend(socket, now)) {
      waiting.add(socket);
    }
  }

  /** Sends what waits, as far as there is credit. */
  void pump(long now) {
    while (!waiting.isEmpty() && trySend(waiting.element(), now)) {
      waiting.remove();
    }
  }

  private boolean trySend(HeldSocket socket, long now) {
    if (link == null || unanswered.size() >= CREDIT || roomLeft() <= 0) {
      return false;
    }
    try {
      if (!link.send(socket.intValue())) {
        return false;
      }
    } catch (IOException e) {
      // its process is going; what it has will come back when that is sure
      open = false;
      log.debug("Descriptor not sent: slot={} cause={}", slot, e.toString());
      return false;
    }
    socket.sentAt(now);
    unanswered.add(socket);
    sent++;
    return true;
  }

  /** Takes the socket that the next answer is for; empty if nothing was asked. */
  Optional<HeldSocket> answered() {
    stalled = false;
    return Optional.ofNullable(unanswered.poll());
  }

  void countAdopted() {
    adopted++;
  }

  /**
   * Passes the slot over while its oldest unanswered descriptor is older than {@code limitNanos}.
   */
  void checkStall(long now, long limitNanos) {
    stalled = oldestNanos(now) > limitNanos;
  }

  /** Age of the oldest unanswered descriptor, 0 if there is none. */
  long oldestNanos(long now) {
    HeldSocket oldest = unanswered.peek();
    return oldest == null ? 0 : now - oldest.sentAtNanos();
  }

  /** Counts the time in which this process itself stood still out of every age. */
  void forgive(long now) {
    unanswered.forEach(socket -> socket.sentAt(now));
  }

  Optional<HeldSocket> takeWaiting() {
    return Optional.ofNullable(waiting.poll());
  }

  int waiting() {
    return waiting.size();
  }

  Optional<HeldSocket> takeUnanswered() {
    return Optional.ofNullable(unanswered.poll());
  }
}
