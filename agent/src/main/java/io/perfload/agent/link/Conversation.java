// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.link;

import io.perfload.agent.spool.Spool;
import io.perfload.common.Version;
import io.perfload.common.bytes.ByteWriter;
import io.perfload.common.bytes.Malformed;
import io.perfload.common.wire.AgentMessage;
import io.perfload.common.wire.AgentMessageEncoder;
import io.perfload.common.wire.Preface;
import io.perfload.common.wire.WorkerMessage;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * What is said on one connection, without the connection: what comes in changes the state, what is
 * to go out is appended when there is room. Introduction; then, once welcomed, the samples of the
 * open minute and live ones; then chunks within credit. Confined to the link's thread.
 */
final class Conversation {
  private final Introduction introduction;
  private final InstantSource clock;
  private final LiveFlow live;
  private final ChunkFlow chunks;
  private final ReportFlow reports;
  private final ByteWriter replies = new ByteWriter(64);
  private Optional<WorkerMessage.Welcome> welcome = Optional.empty();
  private Optional<WorkerMessage.Failure> failure = Optional.empty();
  private long pings;

  /**
   * Begins a conversation.
   *
   * @param atOnceThrough see {@link ChunkFlow}
   */
  Conversation(
      Introduction introduction,
      LiveTail tail,
      Spool spool,
      InstantSource clock,
      LongSupplier nanoTime,
      long atOnceThrough) {
    this.introduction = introduction;
    this.clock = clock;
    var sets = new DeclaredSets();
    live = new LiveFlow(tail, sets);
    reports = new ReportFlow(spool, nanoTime);
    chunks =
        new ChunkFlow(
            spool, sets, clock, SendOffset.of(introduction.profile().id()), atOnceThrough);
  }

  /** Says who we are. */
  void begin(ByteWriter out) {
    out.bytes(Preface.bytes());
    var encoder = new AgentMessageEncoder(out);
    encoder.write(
        new AgentMessage.Hello(
            Version.current(), introduction.agentStartMs(), clock.millis(), introduction.token()));
    encoder.write(new AgentMessage.Host(DeclaredSets.HOST, introduction.profile()));
  }

  /** Appends what there is to say now, until {@code out} has {@code enough} bytes. */
  void write(ByteWriter out, int enough) {
    out.bytes(replies.view());
    replies.clear();
    if (welcome.isEmpty()) {
      return;
    }
    var encoder = new AgentMessageEncoder(out);
    reports.write(encoder);
    while (out.size() < enough && (live.write(encoder) || chunks.write(encoder))) {
      // each call writes one message
    }
  }

  /** Asks whether the worker is still there. */
  void ping() {
    new AgentMessageEncoder(replies).write(new AgentMessage.Ping(++pings));
  }

  /** Says that we stop on purpose. */
  void end(ByteWriter out) {
    new AgentMessageEncoder(out).write(new AgentMessage.Goodbye("stopped"));
  }

  /** Takes a message of the worker. */
  void take(WorkerMessage message) throws Malformed {
    Optional<Malformed> fault = message.on(new Taking());
    if (fault.isPresent()) {
      throw fault.get();
    }
  }

  Optional<WorkerMessage.Welcome> welcome() {
    return welcome;
  }

  /** Why the worker is about to close, if it said so. */
  Optional<WorkerMessage.Failure> failure() {
    return failure;
  }

  private final class Taking implements WorkerMessage.Cases<Optional<Malformed>> {
    @Override
    public Optional<Malformed> welcome(WorkerMessage.Welcome message) {
      welcome = Optional.of(message);
      chunks.credit(message.credit());
      return Optional.empty();
    }

    @Override
    public Optional<Malformed> ack(WorkerMessage.Ack message) {
      try {
        chunks.settle(message);
        return Optional.empty();
      } catch (Malformed e) {
        return Optional.of(e);
      }
    }

    @Override
    public Optional<Malformed> failure(WorkerMessage.Failure message) {
      failure = Optional.of(message);
      return Optional.empty();
    }

    @Override
    public Optional<Malformed> ping(WorkerMessage.Ping message) {
      new AgentMessageEncoder(replies)
          .write(new AgentMessage.Pong(message.nonce(), clock.millis()));
      return Optional.empty();
    }

    @Override
    public Optional<Malformed> pong(WorkerMessage.Pong message) {
      return Optional.empty();
    }
  }
}
