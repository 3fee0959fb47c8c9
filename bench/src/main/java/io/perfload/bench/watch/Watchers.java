// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.watch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.perfload.bench.fleet.AddressRange;
import io.perfload.common.model.HostId;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/**
 * A watcher a host, each with a connection and an address of its own, and one that watches a window
 * of the fleet. Each has a thread named {@code watch-...}. Any thread.
 */
public final class Watchers implements AutoCloseable {
  private static final AddressRange SOURCES = new AddressRange(0x7f80_0000, 10);
  private static final long HIGHEST_MS = TimeUnit.HOURS.toMillis(1);
  private static final int WINDOW = 40;
  private static final double LATE = 1.5;

  private final ObjectMapper json = new ObjectMapper();
  private final Recorder samples = new Recorder(HIGHEST_MS, 3);
  private final Recorder rows = new Recorder(HIGHEST_MS, 3);
  private final LongAdder missing = new LongAdder();
  private final LongAdder twice = new LongAdder();
  private final LongAdder lost = new LongAdder();
  private final List<LiveSocket> sockets = new ArrayList<>();
  private volatile boolean closed;

  /** Connects all of them and begins to watch. */
  public Watchers(InetSocketAddress server, List<HostId> hosts) throws IOException {
    try {
      for (HostId host : hosts) {
        LiveSocket socket = connect(server);
        socket.say("{\"op\":\"host\",\"id\":\"" + host + "\"}");
        start("watch-" + sockets.size(), () -> watchHost(socket));
      }
      LiveSocket socket = connect(server);
      socket.say(
          "{\"op\":\"fleet\",\"sort\":\"name\",\"order\":\"asc\",\"offset\":0,\"limit\":"
              + WINDOW
              + "}");
      start("watch-fleet", () -> watchFleet(socket));
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  /** What was seen since the last call. One caller. */
  public Seen lap() {
    return new Seen(
        samples.getIntervalHistogram(),
        rows.getIntervalHistogram(),
        missing.sumThenReset(),
        twice.sumThenReset(),
        lost.sum());
  }

  @Override
  public void close() {
    closed = true;
    for (LiveSocket socket : sockets) {
      try {
        socket.close();
      } catch (IOException e) {
        lost.increment();
      }
    }
  }

  private LiveSocket connect(InetSocketAddress server) throws IOException {
    var socket = new LiveSocket(server, SOURCES.address(sockets.size()));
    sockets.add(socket);
    return socket;
  }

  private void start(String name, Watching watching) {
    var thread =
        new Thread(
            () -> {
              try {
                watching.run();
              } catch (IOException e) {
                if (!closed) {
                  lost.increment();
                }
              }
            },
            name);
    thread.setDaemon(true);
    thread.start();
  }

  /** What comes first is the past; from the first sample taken after that on, each has its age. */
  private void watchHost(LiveSocket socket) throws IOException {
    long began = System.currentTimeMillis();
    long lastAt = 0;
    while (true) {
      JsonNode message = json.readTree(socket.next());
      long now = System.currentTimeMillis();
      if (!message.path("type").asText().equals("sample")) {
        continue;
      }
      long at = message.path("at").asLong();
      if (at <= lastAt) {
        twice.increment();
        continue;
      }
      if (lastAt >= began) {
        double seconds = (at - lastAt) / 1000.0;
        missing.add(seconds > LATE ? Math.round(seconds) - 1 : 0);
      }
      if (at >= began) {
        samples.recordValue(bounded(now - at));
      }
      lastAt = at;
    }
  }

  private void watchFleet(LiveSocket socket) throws IOException {
    while (true) {
      JsonNode message = json.readTree(socket.next());
      long now = System.currentTimeMillis();
      for (JsonNode row : message.path("rows")) {
        rows.recordValue(bounded(now - row.path("lastSampleAt").asLong()));
      }
    }
  }

  private static long bounded(long ms) {
    return Math.max(0, Math.min(HIGHEST_MS, ms));
  }

  @FunctionalInterface
  private interface Watching {
    void run() throws IOException;
  }

  /**
   * What watchers saw in a span of time.
   *
   * @param samples milliseconds from a sample's reading to its arrival at the watcher of its host
   * @param rows milliseconds since the newest sample of a row, when the row arrived
   * @param missing seconds between two samples of a host that never came
   * @param twice samples that came again, or after a newer one
   * @param lost watchers whose connection ended, since the beginning
   */
  public record Seen(Histogram samples, Histogram rows, long missing, long twice, long lost) {}
}
