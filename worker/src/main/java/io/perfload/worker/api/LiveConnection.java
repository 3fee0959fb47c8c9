// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.api;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.perfload.common.model.HostId;
import io.perfload.worker.fleet.HostState;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/**
 * One browser: at most one window on the fleet, one host and the door. What it cannot take now is
 * left out, not kept: the next second brings newer. The host's stream belongs to the channel's
 * event loop, all else is for any thread.
 */
final class LiveConnection {
  private final Channel channel;
  private final HostWatchers watchers;
  private final LongAdder dropped;
  private final AtomicBoolean refreshing = new AtomicBoolean();
  private volatile Optional<FleetWindow> window = Optional.empty();
  private volatile Optional<HostStream> stream = Optional.empty();
  private volatile Optional<HostSeen> seen = Optional.empty();
  private volatile boolean door;

  LiveConnection(Channel channel, HostWatchers watchers, LongAdder dropped) {
    this.channel = channel;
    this.watchers = watchers;
    this.dropped = dropped;
  }

  Optional<FleetWindow> window() {
    return window;
  }

  void watchFleet(FleetWindow next) {
    window = Optional.of(next);
  }

  void stopFleet() {
    window = Optional.empty();
  }

  boolean watchesDoor() {
    return door;
  }

  void watchDoor() {
    door = true;
  }

  void stopDoor() {
    door = false;
  }

  Optional<HostId> host() {
    return stream.map(HostStream::id);
  }

  /** Begins with another host; on the event loop. */
  HostStream watchHost(HostId id) {
    stopHost();
    var next = new HostStream(id);
    stream = Optional.of(next);
    watchers.add(id, this);
    return next;
  }

  /** On the event loop. */
  void stopHost() {
    Optional<HostStream> ended = stream;
    stream = Optional.empty();
    seen = Optional.empty();
    ended.ifPresent(one -> watchers.remove(one.id(), this));
  }

  /** True for the first of those who want to send at once; {@link #refreshed} ends it. */
  boolean refresh() {
    return refreshing.compareAndSet(false, true);
  }

  void refreshed() {
    refreshing.set(false);
  }

  /** Tells what the host is, if it is watched and has changed. */
  void tellHost(HostState host) {
    HostSeen now = HostSeen.of(host);
    if (host().filter(host.profile().id()::equals).isPresent()
        && seen.filter(now::equals).isEmpty()) {
      seen = Optional.of(now);
      tell(LiveMessages.host(host));
    }
  }

  /** A new sample of a watched host. */
  void sampled(HostId id, HostStream.Item item) {
    onLoop(
        () ->
            stream
                .filter(one -> one.id().equals(id))
                .ifPresent(
                    one -> {
                      one.sampled(item);
                      pump();
                    }));
  }

  /** The newest minutes of {@code of}, if it is still what is watched. */
  void tail(HostStream of, List<HostStream.Item> items) {
    onLoop(
        () -> {
          if (stream.filter(one -> one == of).isPresent()) {
            of.tail(items);
            pump();
          }
        });
  }

  /** Sends of the host's stream what the browser can take now; on the event loop. */
  void pump() {
    if (stream.isEmpty()) {
      return;
    }
    HostStream of = stream.orElseThrow();
    boolean any = false;
    while (of.hasNext() && channel.isWritable()) {
      var unused = channel.write(frame(of.next()));
      any = true;
    }
    if (any) {
      channel.flush();
    }
    dropped.add(of.takeDropped());
  }

  void tellError(String message) {
    tell(LiveMessages.error(message));
  }

  /** Sends {@code message}, or leaves it out if the browser reads too slowly. */
  void tell(byte[] message) {
    if (channel.isWritable()) {
      var unused = channel.writeAndFlush(frame(message));
    } else {
      dropped.increment();
    }
  }

  private static TextWebSocketFrame frame(byte[] message) {
    return new TextWebSocketFrame(Unpooled.wrappedBuffer(message));
  }

  private void onLoop(Runnable work) {
    if (channel.eventLoop().inEventLoop()) {
      work.run();
    } else {
      channel.eventLoop().execute(work);
    }
  }

  /** What of a host is told again when it changes. */
  private record HostSeen(
      HostState.Status status, boolean stale, long sinceMs, String node, int slot, String address) {
    static HostSeen of(HostState host) {
      return new HostSeen(
          host.status(), host.stale(), host.sinceMs(), host.node(), host.slot(), host.address());
    }
  }
}
