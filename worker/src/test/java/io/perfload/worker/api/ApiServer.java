// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.api;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.perfload.common.control.DoorCounters;
import io.perfload.worker.history.HistoryReader;
import io.perfload.worker.history.MemoryChunkStore;
import io.perfload.worker.history.MemoryGapStore;
import io.perfload.worker.history.MemorySeriesStore;
import io.perfload.worker.history.Minutes;
import io.perfload.worker.history.WriteCounts;
import io.perfload.worker.protocol.Refusals;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/** The API on a real port, with made-up things behind it. */
final class ApiServer implements AutoCloseable {
  static final long NOW = Minutes.START + 600_000;

  final FakeFleet fleet = new FakeFleet();
  final FakeTails tails = new FakeTails();
  final FakeFeed feed = new FakeFeed();
  final MemoryChunkStore chunks = new MemoryChunkStore();
  final MemorySeriesStore series = new MemorySeriesStore();
  final MemoryGapStore gaps = new MemoryGapStore();
  final Refusals refusals = new Refusals();
  private final HttpClient client = HttpClient.newHttpClient();
  private final MultiThreadIoEventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(2, EpollIoHandler.newFactory());
  private final Api api;
  private final Channel listener;

  ApiServer() throws InterruptedException {
    api = new Api(parts(fleet, tails, feed, new HistoryReader(chunks, series, gaps), refusals));
    api.start();
    var pipeline = api.http();
    listener =
        new ServerBootstrap()
            .group(loops)
            .channel(EpollServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    pipeline.install(channel.pipeline());
                  }
                })
            .bind(InetAddress.getLoopbackAddress(), 0)
            .sync()
            .channel();
  }

  static ApiParts parts(
      FakeFleet fleet, FakeTails tails, FakeFeed feed, HistoryReader reader, Refusals refusals) {
    return new ApiParts(
        fleet,
        tails,
        feed,
        reader,
        ApiServer::writes,
        ApiServer::door,
        client -> new RouteLookup.Routed(OptionalInt.of(1), List.of(1, 0)),
        () ->
            new WorkerStats(
                "node-1", OptionalInt.of(0), Map.of("worker.keep", "24h"), NOW - 5_000, 7, 3),
        refusals,
        InstantSource.fixed(Instant.ofEpochMilli(NOW)));
  }

  int port() {
    return ((InetSocketAddress) listener.localAddress()).getPort();
  }

  Routes routes() {
    return api.routes();
  }

  HttpResponse<String> get(String path, String... headers) throws Exception {
    return send("GET", path, headers);
  }

  HttpResponse<String> send(String method, String path, String... headers) throws Exception {
    return client.send(request(method, path, headers), BodyHandlers.ofString());
  }

  HttpResponse<byte[]> getBytes(String path, String... headers) throws Exception {
    return client.send(request("GET", path, headers), BodyHandlers.ofByteArray());
  }

  private HttpRequest request(String method, String path, String... headers) {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
            .version(HttpClient.Version.HTTP_1_1)
            .method(method, HttpRequest.BodyPublishers.noBody());
    return (headers.length == 0 ? request : request.headers(headers)).build();
  }

  @Override
  public void close() {
    listener.close().syncUninterruptibly();
    api.close();
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }

  static DoorReport door() {
    return new DoorReport(
        "node-1",
        new DoorCounters(13, 1, 3, 5, 2, 6, 1, 0, 3, 2, 4),
        List.of(
            new DoorReport.Slot(0, 4_711, "live", 3, 9, 0),
            new DoorReport.Slot(1, 0, "empty", 0, 0, 1)));
  }

  private static WriteCounts writes() {
    return new WriteCounts(
        20_000,
        1 << 25,
        2,
        300,
        5,
        900,
        1,
        10,
        2,
        3,
        Map.of("old", 4L),
        List.of(),
        0,
        0,
        6,
        0,
        7,
        1);
  }
}
