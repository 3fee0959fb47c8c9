// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.link;

import io.perfload.common.bytes.ByteReader;
import io.perfload.common.bytes.ByteWriter;
import io.perfload.common.bytes.Malformed;
import io.perfload.common.chunk.Chunk;
import io.perfload.common.chunk.ChunkCodec;
import io.perfload.common.chunk.PackedChunk;
import io.perfload.common.model.LostSamples;
import io.perfload.common.model.Sample;
import io.perfload.common.model.SeriesSet;
import io.perfload.common.model.SetHash;
import io.perfload.common.model.SpoolReport;
import io.perfload.common.wire.AgentMessage;
import io.perfload.common.wire.AgentMessageDecoder;
import io.perfload.common.wire.FrameKind;
import io.perfload.common.wire.Preface;
import io.perfload.common.wire.SampleDecoder;
import io.perfload.common.wire.WorkerMessage;
import io.perfload.common.wire.WorkerMessageCodec;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A worker that takes whatever agents say, and answers as it is told to. */
public final class FakeWorker implements AutoCloseable {
  private final ServerSocket server;
  private final List<Session> sessions = new CopyOnWriteArrayList<>();
  private volatile int credit = 8;
  private volatile boolean acknowledging = true;
  private volatile boolean welcoming = true;
  private volatile boolean answeringPings = true;
  private volatile String refusal = "";

  public FakeWorker() throws IOException {
    this(0);
  }

  public FakeWorker(int port) throws IOException {
    server = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
    var thread = new Thread(this::accept, "fake-worker");
    thread.setDaemon(true);
    thread.start();
  }

  public int port() {
    return server.getLocalPort();
  }

  /** All connections so far, the oldest first. */
  public List<Session> sessions() {
    return sessions;
  }

  public FakeWorker credit(int credit) {
    this.credit = credit;
    return this;
  }

  public FakeWorker acknowledging(boolean on) {
    acknowledging = on;
    return this;
  }

  public FakeWorker welcoming(boolean on) {
    welcoming = on;
    return this;
  }

  public FakeWorker answeringPings(boolean on) {
    answeringPings = on;
    return this;
  }

  /** Refuses every chunk from now on. */
  public FakeWorker refusing(String reason) {
    refusal = reason;
    return this;
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Session session : sessions) {
      session.drop();
    }
  }

  private void accept() {
    try {
      while (true) {
        var session = new Session(server.accept());
        sessions.add(session);
        var thread = new Thread(session::serve, "fake-worker-session");
        thread.setDaemon(true);
        thread.start();
      }
    } catch (IOException e) {
      // closed
    }
  }

  /** One connection of an agent and all that was said on it. */
  public final class Session {
    private final Socket socket;
    private final List<String> events = new CopyOnWriteArrayList<>();
    private final List<Sample> samples = new CopyOnWriteArrayList<>();
    private final List<PackedChunk> chunks = new CopyOnWriteArrayList<>();
    private final List<LostSamples> gaps = new CopyOnWriteArrayList<>();
    private final List<SpoolReport> reports = new CopyOnWriteArrayList<>();
    private final List<Boolean> toSettle = new CopyOnWriteArrayList<>();
    private final List<AgentMessage.Host> hosts = new CopyOnWriteArrayList<>();
    private final List<AgentMessage.Hello> hellos = new CopyOnWriteArrayList<>();
    private final Map<SetHash, SeriesSet> sets = new ConcurrentHashMap<>();
    private volatile SeriesSet current = SeriesSet.of(List.of());
    private SampleDecoder decoder = new SampleDecoder(0);
    private int acknowledged;

    private Session(Socket socket) {
      this.socket = socket;
    }

    /** What came, but for reports: hello, host, series, set, sample, chunk, gap, ping, pong … */
    public List<String> events() {
      return events;
    }

    public List<Sample> samples() {
      return samples;
    }

    public List<PackedChunk> chunks() {
      return chunks;
    }

    public List<LostSamples> gaps() {
      return gaps;
    }

    public List<SpoolReport> reports() {
      return reports;
    }

    public List<AgentMessage.Host> hosts() {
      return hosts;
    }

    public List<AgentMessage.Hello> hellos() {
      return hellos;
    }

    public SeriesSet current() {
      return current;
    }

    public Chunk unpack(PackedChunk packed) throws Malformed {
      SeriesSet set = sets.get(packed.set());
      if (set == null) {
        throw new IllegalStateException("a chunk whose set was not declared before");
      }
      return ChunkCodec.unpack(packed, set);
    }

    public synchronized void send(WorkerMessage message) throws IOException {
      var out = new ByteWriter();
      WorkerMessageCodec.encode(message, out);
      socket.getOutputStream().write(out.toByteArray());
    }

    /** Acknowledges everything that came so far. */
    public synchronized void acknowledge() throws IOException {
      List<WorkerMessage.Refusal> refusals = new ArrayList<>();
      for (int i = acknowledged; i < toSettle.size() && !refusal.isEmpty(); i++) {
        if (toSettle.get(i)) {
          refusals.add(new WorkerMessage.Refusal(i, refusal));
        }
      }
      acknowledged = toSettle.size();
      send(new WorkerMessage.Ack(acknowledged, refusals, credit));
    }

    /** Ends the connection as the kernel does for a process that was killed. */
    public void drop() throws IOException {
      if (!socket.isClosed()) {
        socket.setSoLinger(true, 0);
        socket.close();
      }
    }

    private void serve() {
      try (socket) {
        var in = new DataInputStream(socket.getInputStream());
        Preface.check(ByteBuffer.wrap(in.readNBytes(Preface.BYTES)));
        while (true) {
          long length = in.readInt() & 0xffff_ffffL;
          FrameKind kind = FrameKind.of(length, in.readUnsignedByte());
          ByteBuffer payload = ByteBuffer.wrap(in.readNBytes((int) length - 1));
          take(AgentMessageDecoder.decode(kind, payload));
        }
      } catch (IOException e) {
        events.add("end");
      } catch (Malformed e) {
        events.add("malformed " + e.getMessage());
      }
    }

    private void take(AgentMessage message) throws IOException, Malformed {
      if (message instanceof AgentMessage.Hello hello) {
        hellos.add(hello);
        events.add("hello");
        if (welcoming) {
          send(new WorkerMessage.Welcome("fake", 3, System.currentTimeMillis(), credit));
        }
      } else if (message instanceof AgentMessage.Host host) {
        hosts.add(host);
        events.add("host");
      } else if (message instanceof AgentMessage.Series series) {
        declare(series);
      } else if (message instanceof AgentMessage.Sample sample) {
        decoder.decode(sample.delta());
        samples.add(decoder.sample());
        events.add("sample");
      } else if (message instanceof AgentMessage.Chunk chunk) {
        chunk(chunk);
      } else if (message instanceof AgentMessage.Gap gap) {
        gaps.add(gap.lost());
        events.add("gap");
        settle(false);
      } else if (message instanceof AgentMessage.Spool spool) {
        reports.add(spool.report());
      } else if (message instanceof AgentMessage.Ping ping) {
        events.add("ping");
        if (answeringPings) {
          send(new WorkerMessage.Pong(ping.nonce(), System.currentTimeMillis()));
        }
      } else if (message instanceof AgentMessage.Pong) {
        events.add("pong");
      } else if (message instanceof AgentMessage.Goodbye) {
        events.add("goodbye");
      }
    }

    private void declare(AgentMessage.Series series) {
      sets.put(series.set().hash(), series.set());
      if (series.current()) {
        current = series.set();
        decoder = new SampleDecoder(current.size());
      }
      events.add(series.current() ? "series" : "set");
    }

    private void chunk(AgentMessage.Chunk chunk) throws IOException, Malformed {
      PackedChunk packed = PackedChunk.of(new ByteReader(chunk.packed()).rest());
      unpack(packed);
      chunks.add(packed);
      events.add("chunk");
      settle(true);
    }

    private void settle(boolean chunk) throws IOException {
      toSettle.add(chunk);
      if (acknowledging) {
        acknowledge();
      }
    }
  }

  /** A sink to measure an agent against: {@code FakeWorker PORT}. */
  public static void main(String[] args) throws Exception {
    try (var worker = new FakeWorker(Integer.parseInt(args[0]))) {
      System.out.println("listening on " + worker.port());
      Thread.sleep(Long.MAX_VALUE);
    }
  }
}
