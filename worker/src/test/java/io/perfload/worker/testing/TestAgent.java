// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.testing;

import io.perfload.common.bytes.ByteWriter;
import io.perfload.common.bytes.Malformed;
import io.perfload.common.chunk.PackedChunk;
import io.perfload.common.model.HostId;
import io.perfload.common.model.Sample;
import io.perfload.common.model.SeriesSet;
import io.perfload.common.wire.AgentMessage;
import io.perfload.common.wire.AgentMessageEncoder;
import io.perfload.common.wire.FrameKind;
import io.perfload.common.wire.Preface;
import io.perfload.common.wire.SampleEncoder;
import io.perfload.common.wire.WorkerMessage;
import io.perfload.common.wire.WorkerMessageCodec;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An agent of one host, on a real socket, that does what a test says. */
public final class TestAgent implements AutoCloseable {
  private final Socket socket;
  private final HostId id;
  private final List<WorkerMessage> received = new CopyOnWriteArrayList<>();
  private final ByteWriter out = new ByteWriter();
  private final SampleEncoder encoder = new SampleEncoder(Machines.FORTY.size());
  private volatile boolean ended;
  private long sequence;

  private TestAgent(Socket socket, HostId id) {
    this.socket = socket;
    this.id = id;
  }

  /** Connects and says nothing. */
  public static TestAgent connect(InetSocketAddress worker, HostId id) throws IOException {
    var socket = new Socket();
    socket.setTcpNoDelay(true);
    socket.connect(worker, 5_000);
    var agent = new TestAgent(socket, id);
    var reader = new Thread(agent::read, "test-agent");
    reader.setDaemon(true);
    reader.start();
    return agent;
  }

  /** Connects, presents the host and declares its series. */
  public static TestAgent live(InetSocketAddress worker, HostId id, String name)
      throws IOException {
    TestAgent agent = connect(worker, id);
    agent.send(Preface.bytes());
    agent.say(hello());
    agent.say(new AgentMessage.Host(0, Machines.profile(id, name)));
    agent.say(new AgentMessage.Series(0, true, Machines.FORTY));
    return agent;
  }

  public static AgentMessage.Hello hello() {
    return new AgentMessage.Hello("0.1.0", Machines.AGENT_START_MS, System.currentTimeMillis(), "");
  }

  public static byte[] frame(AgentMessage message) {
    var bytes = new ByteWriter();
    new AgentMessageEncoder(bytes).write(message);
    return bytes.toByteArray();
  }

  public HostId id() {
    return id;
  }

  public void say(AgentMessage message) throws IOException {
    send(frame(message));
  }

  public synchronized void send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  /** Sends the next sample, taken now, and returns it. */
  public synchronized Sample sample() throws IOException {
    return sample(System.currentTimeMillis());
  }

  public synchronized Sample sample(long takenAtMs) throws IOException {
    Sample sample = Machines.sample(Machines.FORTY, takenAtMs, sequence++);
    out.clear();
    encoder.encode(sample, out);
    say(new AgentMessage.Sample(0, ByteBuffer.wrap(out.toByteArray())));
    return sample;
  }

  public PackedChunk chunk(long startMs) throws IOException {
    PackedChunk chunk = Machines.chunk(id, Machines.FORTY, startMs);
    say(new AgentMessage.Chunk(ByteBuffer.wrap(chunk.bytes())));
    return chunk;
  }

  public SeriesSet set() {
    return Machines.FORTY;
  }

  public List<WorkerMessage> received() {
    return List.copyOf(received);
  }

  public <T extends WorkerMessage> List<T> received(Class<T> kind) {
    return received.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** Whether the worker has closed the connection. */
  public boolean isEnded() {
    return ended;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private void read() {
    try {
      var in = new DataInputStream(socket.getInputStream());
      while (true) {
        long length = in.readInt() & 0xffff_ffffL;
        FrameKind kind = FrameKind.of(length, in.readUnsignedByte());
        byte[] payload = in.readNBytes((int) length - 1);
        WorkerMessage message = WorkerMessageCodec.decode(kind, ByteBuffer.wrap(payload));
        received.add(message);
        answer(message);
      }
    } catch (IOException e) {
      ended = true;
    } catch (Malformed e) {
      throw new IllegalStateException(e);
    }
  }

  private void answer(WorkerMessage message) {
    if (message instanceof WorkerMessage.Ping ping) {
      try {
        say(new AgentMessage.Pong(ping.nonce(), System.currentTimeMillis()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
