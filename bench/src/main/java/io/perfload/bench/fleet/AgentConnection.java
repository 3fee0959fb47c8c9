// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.fleet;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.perfload.common.bytes.ByteWriter;
import io.perfload.common.bytes.Malformed;
import io.perfload.common.wire.AgentMessage;
import io.perfload.common.wire.AgentMessageEncoder;
import io.perfload.common.wire.Preface;
import io.perfload.common.wire.SampleEncoder;
import io.perfload.common.wire.WorkerMessage;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;

/**
 * One connection of a simulated agent, from the preface to its end. Everything that is due at a
 * moment goes out in one write. Confined to the channel's event loop.
 */
final class AgentConnection extends ChannelInboundHandlerAdapter
    implements WorkerMessage.Cases<AgentConnection> {
  private static final long LONGEST_SILENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final FleetLoop fleet;
  private final SimulatedAgent agent;
  private final Channel channel;
  private final WorkerFrames frames = new WorkerFrames();
  private final SampleEncoder samples = new SampleEncoder(SimulatedMachine.SERIES.size());

  private boolean connected;
  private boolean welcome;
  private boolean ended;
  private int credit;
  private long connectedAtNanos;

  AgentConnection(FleetLoop fleet, SimulatedAgent agent, Channel channel) {
    this.fleet = fleet;
    this.agent = agent;
    this.channel = channel;
  }

  /** The attempt to connect is over. */
  void connected(boolean success) {
    if (!success) {
      fleet.tally.refused.increment();
      end();
      return;
    }
    connected = true;
    connectedAtNanos = fleet.nanoTime.getAsLong();
    fleet.tally.connected.increment();
    greet();
  }

  /** Sends what is due at {@code second}: the sample, a ping now and then, chunks. */
  void sample(long second) {
    if (!welcome) {
      giveUpOnSilence();
      return;
    }
    if (!channel.isWritable()) {
      fleet.tally.held.increment();
      return;
    }
    AgentMessageEncoder frame = begin();
    sample(second, frame);
    if (isPingDue(second)) {
      frame.write(new AgentMessage.Ping(fleet.nanoTime.getAsLong()));
      fleet.tally.pings.increment();
    }
    chunks(frame);
    send();
  }

  /** Ends the connection on purpose. */
  void stop() {
    if (welcome) {
      begin().write(new AgentMessage.Goodbye("the simulation is over"));
      send();
    }
    end();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    try {
      frames.read((ByteBuf) message, one -> one.on(this));
    } catch (Malformed e) {
      fleet.tally.failures.increment();
      end();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    end();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    end();
  }

  @Override
  public AgentConnection welcome(WorkerMessage.Welcome message) {
    if (!welcome) {
      welcome = true;
      credit = message.credit();
      fleet.tally.welcomed.increment();
      fleet.tally.live.increment();
      agent.welcomed();
      openMinute();
    }
    return this;
  }

  @Override
  public AgentConnection ack(WorkerMessage.Ack message) {
    credit = message.credit();
    fleet.tally.acknowledged.add(agent.spool().acknowledge(message.chunks()));
    fleet.tally.refusedChunks.add(message.refusals().size());
    if (channel.isWritable()) {
      chunks(begin());
      if (fleet.out.size() > 0) {
        send();
      }
    }
    return this;
  }

  @Override
  public AgentConnection failure(WorkerMessage.Failure message) {
    fleet.tally.failures.increment();
    return this;
  }

  @Override
  public AgentConnection ping(WorkerMessage.Ping message) {
    begin().write(new AgentMessage.Pong(message.nonce(), fleet.clock.millis()));
    send();
    return this;
  }

  @Override
  public AgentConnection pong(WorkerMessage.Pong message) {
    long nanos = fleet.nanoTime.getAsLong() - message.nonce();
    fleet.rtt.recordValue(Math.max(0, Math.min(FleetLoop.HIGHEST_NANOS, nanos)));
    fleet.tally.pongs.increment();
    return this;
  }

  private void greet() {
    agent.spool().reconnected();
    AgentMessageEncoder frame = begin();
    fleet.out.bytes(Preface.bytes());
    frame.write(new AgentMessage.Hello("simulated", agent.startMs(), fleet.clock.millis(), ""));
    frame.write(new AgentMessage.Host(0, agent.profile()));
    frame.write(new AgentMessage.Series(0, true, SimulatedMachine.SERIES));
    send();
  }

  /** A worker that is new to us has no tail: it gets the seconds it missed. */
  private void openMinute() {
    AgentMessageEncoder frame = begin();
    for (long second = agent.openMinute(); second <= agent.lastSecond(); second++) {
      sample(second, frame);
    }
    if (fleet.out.size() > 0) {
      send();
    }
  }

  private void sample(long second, AgentMessageEncoder frame) {
    ByteWriter delta = fleet.delta.clear();
    samples.encode(agent.reading(second), delta);
    frame.write(new AgentMessage.Sample(0, delta.view()));
    fleet.tally.samples.increment();
  }

  private void chunks(AgentMessageEncoder frame) {
    ChunkSpool spool = agent.spool();
    while (spool.hasNext(credit) && agent.sealNext()) {
      frame.write(new AgentMessage.Chunk(ByteBuffer.wrap(spool.send())));
      fleet.tally.chunks.increment();
    }
  }

  private boolean isPingDue(long second) {
    int every = fleet.plan.pingEvery();
    return every > 0 && (second + agent.number()) % every == 0;
  }

  private AgentMessageEncoder begin() {
    return new AgentMessageEncoder(fleet.out.clear());
  }

  @SuppressWarnings("FutureReturnValueIgnored") // a void promise tells exceptionCaught
  private void send() {
    int size = fleet.out.size();
    ByteBuf bytes = channel.alloc().directBuffer(size).writeBytes(fleet.out.view());
    channel.writeAndFlush(bytes, channel.voidPromise());
    fleet.tally.bytes.add(size);
  }

  private void giveUpOnSilence() {
    boolean silent = fleet.nanoTime.getAsLong() - connectedAtNanos > LONGEST_SILENCE_NANOS;
    if (connected && silent) {
      end();
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // nothing follows from the outcome
  private void end() {
    if (ended) {
      return;
    }
    ended = true;
    if (welcome) {
      fleet.tally.live.decrement();
    }
    if (connected && !fleet.stopped()) {
      fleet.tally.lost.increment();
    }
    welcome = false;
    channel.close();
    agent.ended();
  }
}
