// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.session;

import static java.util.Objects.requireNonNull;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;
import io.perfload.common.bytes.Fault;
import io.perfload.common.bytes.Malformed;
import io.perfload.common.chunk.PackedChunk;
import io.perfload.common.model.HostId;
import io.perfload.common.model.SeriesSet;
import io.perfload.common.wire.AgentMessage;
import io.perfload.common.wire.AgentMessageDecoder;
import io.perfload.common.wire.FrameKind;
import io.perfload.common.wire.WorkerMessage;
import io.perfload.worker.fleet.FleetFrameWriter;
import io.perfload.worker.history.Arrival;
import io.perfload.worker.history.ChunkIntake;
import io.perfload.worker.protocol.AgentFrames;
import io.perfload.worker.protocol.FrameListener;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One agent's connection.
 *
 * <pre>
 *  NEW ──hello──► GREETED ──host, series──► LIVE ──goodbye──┐
 *   └───────────────┴──── bad frame, silence, drain ────────┴──► PARTING ──► CLOSED
 * </pre>
 *
 * In PARTING everything is said that will be said; what still comes is thrown away until the peer
 * closes, so that it can read the reason. Confined to the connection's event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // how writes and closes went shows on the channel
final class AgentSession implements FrameListener, AgentMessage.Cases<Optional<Malformed>> {
  private static final Optional<Malformed> FINE = Optional.empty();
  private static final HostSession[] NO_HOSTS = {};
  private static final long NO_PING = 0;
  private static final int LIVELY = 3;

  /** Ticks in which an agent that has something to send, and may, has sent it. */
  private static final int IDLE_TICKS = 2;

  private final SessionLoop loop;
  private @Nullable ChannelHandlerContext ctx;
  private @Nullable AgentFrames frames;
  private State state = State.NEW;
  private String address = "";
  private HostSession[] hosts = NO_HOSTS;
  private @Nullable ChunkLedger ledger;
  private long agentStartMs;
  private int columns;
  private boolean stopped;
  private int lastFrameTick;
  private int lastPingTick;
  private long pingNonce = NO_PING;
  private long pingSentNanos;
  private int rttMs = -1;
  private long clockOffsetMs;
  private long agentClockMs;
  private long agentClockNanos;
  private boolean sharesCredit;
  private int credit;
  private int grantTick;
  private boolean starving;

  /** Where the loop's list of sessions has this one. */
  int index;

  private enum State {
    NEW,
    GREETED,
    LIVE,
    PARTING,
    CLOSED
  }

  AgentSession(SessionLoop loop) {
    this.loop = requireNonNull(loop, "loop");
  }

  // ---- what hosts ask of their connection

  String address() {
    return address;
  }

  long agentStartMs() {
    return agentStartMs;
  }

  int rttMs() {
    return rttMs;
  }

  long clockOffsetMs() {
    return clockOffsetMs;
  }

  SessionLoop loop() {
    return loop;
  }

  boolean isOver() {
    return state == State.PARTING || state == State.CLOSED;
  }

  // ---- the connection

  @Override
  public void opened(ChannelHandlerContext ctx, AgentFrames frames) {
    this.ctx = ctx;
    this.frames = frames;
    address = PeerAddress.of(ctx.channel().remoteAddress());
    lastFrameTick = loop.ticks();
    lastPingTick = loop.ticks() - (int) loop.rules().ping().toSeconds();
    loop.add(this);
  }

  @Override
  public void announced(FrameKind kind) throws Malformed {
    if (state == State.NEW && kind != FrameKind.HELLO) {
      throw new Malformed(Fault.ORDER, kind + " before HELLO");
    }
  }

  @Override
  public void frame(FrameKind kind, ByteBuffer payload) throws Malformed {
    lastFrameTick = loop.ticks();
    Optional<Malformed> wrong = AgentMessageDecoder.decode(kind, payload).on(this);
    if (wrong.isPresent()) {
      throw wrong.get();
    }
  }

  @Override
  public void malformed(Malformed cause) {
    String reason = cause.fault().label();
    loop.refusals().count(reason);
    part(reason, String.valueOf(cause.getMessage()));
  }

  @Override
  public void readComplete() {}

  /** A peer that does not read what it is sent is not worth the memory. */
  @Override
  public void writable(boolean writable) {
    if (!writable && state != State.CLOSED) {
      loop.refusals().count("unread");
      close();
    }
  }

  @Override
  public void closed(boolean midFrame) {
    if (midFrame && !isOver()) {
      loop.refusals().count(Fault.TRUNCATED.label());
    }
    leave();
    state = State.CLOSED;
    loop.remove(this);
  }

  // ---- time

  /** Once a second. */
  void tick(FleetFrameWriter out) {
    int quiet = loop.ticks() - lastFrameTick;
    if (state == State.PARTING) {
      if (quiet >= loop.rules().parting().toSeconds()) {
        close();
      }
      return;
    }
    if (quiet > loop.rules().silence().toSeconds() && !stopped) {
      silent();
      return;
    }
    if (state != State.NEW && isTimeToPing(quiet)) {
      ping();
    }
    for (HostSession host : hosts) {
      host.write(out, loop);
    }
  }

  void describeAgain() {
    for (HostSession host : hosts) {
      host.describeAgain();
    }
  }

  /** The worker stops; another will take the agent. */
  void drain() {
    part("draining", "This worker stops; connect again.");
  }

  private void silent() {
    boolean midFrame = frames != null && frames.isMidFrame();
    String reason = midFrame ? Fault.SLOW.label() : "silent";
    loop.refusals().count(reason);
    part(reason, "No whole frame came for " + loop.rules().silence().toSeconds() + " s.");
  }

  /** A peer that speaks anyway is asked less often: a ping costs as much as some samples. */
  private boolean isTimeToPing(int quiet) {
    int since = loop.ticks() - lastPingTick;
    int rest = (int) loop.rules().ping().toSeconds();
    boolean lively = rttMs >= 0 && quiet < rest;
    return since >= (lively ? LIVELY * rest : rest);
  }

  private void ping() {
    lastPingTick = loop.ticks();
    pingSentNanos = loop.nanoTime();
    pingNonce = pingSentNanos == NO_PING ? 1 : pingSentNanos;
    say(new WorkerMessage.Ping(pingNonce));
  }

  // ---- messages

  @Override
  public Optional<Malformed> hello(AgentMessage.Hello message) {
    if (state != State.NEW) {
      return wrong(Fault.ORDER, "a second HELLO");
    }
    long now = loop.nowMs();
    if (!loop.isNear(message.clockMs(), now)) {
      long off = (message.clockMs() - now) / 1000;
      return wrong(Fault.TIME, "the host's clock is " + off + " s off; set it and it will connect");
    }
    state = State.GREETED;
    agentStartMs = message.agentStartMs();
    agentSaysItIs(message.clockMs());
    sharesCredit = true;
    credit = loop.credit().begin();
    grantTick = loop.ticks();
    var place = loop.place();
    say(new WorkerMessage.Welcome(place.node(), place.slot(), now, credit));
    if (credit == 0) {
      starve();
    }
    return FINE;
  }

  @Override
  public Optional<Malformed> host(AgentMessage.Host message) {
    int number = message.host();
    HostId id = message.profile().id();
    if (number > hosts.length) {
      return wrong(Fault.ORDER, "host number " + number + " (expected: " + hosts.length + ")");
    }
    if (number < hosts.length) {
      if (!hosts[number].id().equals(id)) {
        return wrong(Fault.VALUE, "another id for host number " + number);
      }
      hosts[number].present(message.profile());
      return FINE;
    }
    if (Arrays.stream(hosts).anyMatch(host -> host.id().equals(id))) {
      return wrong(Fault.VALUE, "two numbers for host " + id);
    }
    hosts = Arrays.copyOf(hosts, number + 1);
    hosts[number] = loop.claim(this, message.profile());
    return FINE;
  }

  @Override
  public Optional<Malformed> series(AgentMessage.Series message) {
    if (message.host() >= hosts.length) {
      return unknownHost(message.host());
    }
    SeriesSet set = loop.shared(message.set());
    columns += hosts[message.host()].declare(set, message.current());
    if (columns > loop.rules().columns()) {
      return wrong(
          Fault.COUNT, columns + " series (expected: at most " + loop.rules().columns() + ")");
    }
    if (message.current()) {
      state = State.LIVE;
    }
    return FINE;
  }

  @Override
  public Optional<Malformed> sample(AgentMessage.Sample message) {
    if (message.host() >= hosts.length) {
      return unknownHost(message.host());
    }
    HostSession host = hosts[message.host()];
    if (!host.isCurrent()) {
      return wrong(Fault.ORDER, "a sample before its series");
    }
    try {
      host.sampled(message.delta(), loop.nowMs(), loop);
      loop.countSample();
      return FINE;
    } catch (Malformed e) {
      return Optional.of(e);
    }
  }

  @Override
  public Optional<Malformed> chunk(AgentMessage.Chunk message) {
    ChunkLedger chunks = ledger();
    if (chunks.isFull()) {
      return wrong(Fault.ORDER, "more chunks than the credit of " + loop.rules().credit());
    }
    byte[] bytes = new byte[message.packed().remaining()];
    message.packed().get(bytes);
    long place = chunks.enter();
    loop.countChunk();
    loop.credit().saw(bytes.length);
    PackedChunk chunk;
    try {
      chunk = PackedChunk.of(bytes);
    } catch (Malformed e) {
      refuse(place, e.fault().label(), String.valueOf(e.getMessage()));
      return FINE;
    }
    return take(place, chunk);
  }

  private Optional<Malformed> take(long place, PackedChunk chunk) {
    Optional<HostSession> host =
        Arrays.stream(hosts).filter(each -> each.id().equals(chunk.id().host())).findFirst();
    if (host.isEmpty()) {
      refuse(place, "host", "host: the chunk is of a host this connection does not speak for");
      return FINE;
    }
    Arrival arrival = arrival();
    if (isYearsOff(chunk.id().startMs(), arrival)) {
      refuse(place, Fault.TIME.label(), "time: the chunk begins at " + chunk.id().startMs());
      return FINE;
    }
    try {
      SeriesSet set = host.get().declared(chunk.set());
      return offer(new HeldChunk(this, place, arrival, chunk, set));
    } catch (Malformed e) {
      return Optional.of(e);
    }
  }

  @Override
  public Optional<Malformed> gap(AgentMessage.Gap message) {
    if (message.host() >= hosts.length) {
      return unknownHost(message.host());
    }
    if (ledger().isFull()) {
      return wrong(Fault.ORDER, "more gaps than the credit of " + loop.rules().credit());
    }
    long place = ledger().enter();
    HostId id = hosts[message.host()].id();
    return offer(new HeldGap(this, place, arrival(), id, message.lost()));
  }

  private Optional<Malformed> offer(Held offered) {
    switch (loop.offer(offered)) {
      case GO_ON -> {}
      case STOP_READING -> stop();
      case TOO_MUCH -> tooMuch();
    }
    return FINE;
  }

  /** What it sent beyond all bounds stays with it, for a time when there is room. */
  private void tooMuch() {
    loop.refusals().count("busy");
    part("busy", "The store is behind; connect again.");
  }

  @Override
  public Optional<Malformed> spool(AgentMessage.Spool message) {
    if (message.host() >= hosts.length) {
      return unknownHost(message.host());
    }
    hosts[message.host()].spool(message.report(), loop.ticks());
    return FINE;
  }

  @Override
  public Optional<Malformed> ping(AgentMessage.Ping message) {
    say(new WorkerMessage.Pong(message.nonce(), loop.nowMs()));
    return FINE;
  }

  @Override
  public Optional<Malformed> pong(AgentMessage.Pong message) {
    if (pingNonce == NO_PING || message.nonce() != pingNonce) {
      return FINE;
    }
    long rttNanos = loop.nanoTime() - pingSentNanos;
    pingNonce = NO_PING;
    rttMs = (int) Math.min(Integer.MAX_VALUE, (rttNanos + 500_000) / 1_000_000);
    clockOffsetMs = message.clockMs() - (loop.nowMs() - rttNanos / 2_000_000);
    agentSaysItIs(message.clockMs());
    return FINE;
  }

  @Override
  public Optional<Malformed> goodbye(AgentMessage.Goodbye message) {
    for (HostSession host : hosts) {
      loop.gone(host);
    }
    depart();
    return FINE;
  }

  // ---- chunks

  private void stored(long place) {
    if (!isOver()) {
      ledger().stored(place);
      acknowledge();
    }
  }

  private void refused(long place, String reason) {
    if (!isOver()) {
      ledger().refused(place, cut(reason));
      acknowledge();
    }
  }

  /** There is room in the write queue again, and the loop holds nothing of ours any more. */
  void goOn() {
    if (stopped && ctx != null && frames != null && !isOver()) {
      stopped = false;
      lastFrameTick = loop.ticks();
      frames.resume(ctx);
    }
  }

  private void stop() {
    if (!stopped && ctx != null && frames != null) {
      stopped = true;
      frames.pause(ctx);
    }
  }

  private void refuse(long place, String counter, String reason) {
    loop.refusals().count("chunk-" + counter);
    refused(place, reason);
  }

  private void acknowledge() {
    if (ledger().hasNews()) {
      grant(loop.credit().renew(credit));
      loop.feed();
    }
  }

  /** Without credit so far: returns false if there is still none. */
  boolean feed() {
    int next = loop.credit().renew(credit);
    starving = next == 0;
    if (next > 0) {
      grant(next);
    }
    return next > 0;
  }

  /** Others have no credit at all: gives back what is more than {@code share} and not in use. */
  void trim(int share) {
    boolean idle = ledger().isEmpty() && loop.ticks() - grantTick >= IDLE_TICKS;
    if (credit > share && idle && !isOver()) {
      grant(loop.credit().trim(credit, share));
    }
  }

  private void grant(int next) {
    credit = next;
    grantTick = loop.ticks();
    say(ledger().acknowledge(next));
    if (next == 0) {
      starve();
    }
  }

  private void starve() {
    if (!starving) {
      starving = true;
      loop.starve(this);
    }
  }

  private ChunkLedger ledger() {
    if (ledger == null) {
      ledger = new ChunkLedger(loop.rules().credit());
    }
    return ledger;
  }

  private boolean isYearsOff(long startMs, Arrival arrival) {
    return startMs > arrival.latestMs() + loop.rules().clockOff().toMillis()
        || startMs < arrival.earliestMs() - loop.rules().oldest().toMillis();
  }

  private void agentSaysItIs(long ms) {
    agentClockMs = ms;
    agentClockNanos = loop.nanoTime();
  }

  /** Now. The agent's clock is taken to have gone on as ours does that never steps. */
  private Arrival arrival() {
    long sinceMs = (loop.nanoTime() - agentClockNanos) / 1_000_000;
    return new Arrival(loop.nowMs(), agentClockMs + sinceMs);
  }

  // ---- the end

  /** Somebody newer speaks for the host; without hosts there is nothing left to say. */
  void superseded(HostSession host) {
    if (isOver() || Arrays.stream(hosts).noneMatch(each -> each == host)) {
      return;
    }
    loop.refusals().count("superseded");
    part("superseded", "A newer connection speaks for host " + host.id() + ".");
  }

  private void part(String code, String message) {
    if (isOver() || ctx == null) {
      return;
    }
    say(new WorkerMessage.Failure(code, cut(message)));
    depart();
  }

  /** Says no more, and leaves the peer a moment to read what was said. */
  private void depart() {
    if (ctx == null || frames == null || isOver()) {
      return;
    }
    leave();
    state = State.PARTING;
    lastFrameTick = loop.ticks();
    frames.discard(ctx);
    if (ctx.channel() instanceof DuplexChannel duplex) {
      ctx.writeAndFlush(ctx.alloc().buffer(0)).addListener(future -> duplex.shutdownOutput());
    } else {
      ctx.writeAndFlush(ctx.alloc().buffer(0)).addListener(ChannelFutureListener.CLOSE);
    }
  }

  private void leave() {
    for (HostSession host : hosts) {
      loop.leave(host);
    }
    hosts = NO_HOSTS;
    if (sharesCredit) {
      sharesCredit = false;
      loop.credit().end(credit);
      loop.drop(this);
    }
  }

  private void close() {
    if (ctx != null) {
      ctx.close();
    }
  }

  private void say(WorkerMessage message) {
    if (ctx != null && !isOver()) {
      ctx.writeAndFlush(loop.encode(message, ctx.alloc()));
    }
  }

  private static Optional<Malformed> wrong(Fault fault, String detail) {
    return Optional.of(new Malformed(fault, detail));
  }

  private static Optional<Malformed> unknownHost(int number) {
    return wrong(Fault.ORDER, "host number " + number + " was not presented");
  }

  /** Peers read at most 512 bytes; what we write to them is ASCII but for their own words. */
  private static String cut(String text) {
    return text.length() <= 160 ? text : text.substring(0, 160);
  }

  /** Tells the session what the store did, on its event loop. */
  ChunkIntake.Outcome outcome(long place) {
    return new LoopOutcome(this, place);
  }

  private record LoopOutcome(AgentSession session, long place) implements ChunkIntake.Outcome {
    @Override
    public void stored() {
      session.loop.execute(() -> session.stored(place));
    }

    @Override
    public void refused(String reason) {
      session.loop.execute(() -> session.refused(place, reason));
    }
  }
}
