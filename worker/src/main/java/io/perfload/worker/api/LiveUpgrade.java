// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.api;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;
import io.netty.handler.stream.ChunkedWriteHandler;
import io.netty.handler.timeout.IdleStateHandler;
import io.perfload.worker.protocol.Refusals;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Turns a request into a live connection. Any event loop. */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails closes its channel
final class LiveUpgrade {
  static final String PATH = "/api/v1/live";
  static final int MAX_FRAME = 64 << 10;
  static final int PING_S = 25;

  private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

  private final LiveHub hub;
  private final Guests guests;
  private final Refusals refusals;

  LiveUpgrade(LiveHub hub, Guests guests, Refusals refusals) {
    this.hub = hub;
    this.guests = guests;
    this.refusals = refusals;
  }

  /** Throws a {@link Problem} if it may not become one. */
  void upgrade(ChannelHandlerContext ctx, FullHttpRequest request) {
    check(request);
    Channel channel = ctx.channel();
    WebSocketServerHandshaker handshaker =
        new WebSocketServerHandshakerFactory(
                PATH,
                null,
                WebSocketDecoderConfig.newBuilder()
                    .maxFramePayloadLength(MAX_FRAME)
                    .allowExtensions(false)
                    .closeOnProtocolViolation(false)
                    .build())
            .newHandshaker(request);
    LiveConnection connection = hub.admit(channel);
    ChannelPipeline pipeline = ctx.pipeline();
    pipeline.remove(SmallBodies.class);
    pipeline.remove(ChunkedWriteHandler.class);
    pipeline.remove(RequestDeadline.class);
    pipeline.replace(
        IdleStateHandler.class,
        "live-idle",
        new IdleStateHandler(true, PING_S, HttpPipeline.STUCK_READER_S, 0, TimeUnit.SECONDS));
    handshaker
        .handshake(channel, request)
        .addListener(
            done -> {
              if (!done.isSuccess()) {
                channel.close();
              }
            });
    pipeline.addLast(new WebSocketFrameAggregator(MAX_FRAME));
    pipeline.addLast(new LiveHandler(connection, hub, guests, refusals));
    pipeline.remove(RequestHandler.class);
    channel.config().setAutoRead(true);
  }

  private void check(FullHttpRequest request) {
    boolean asks =
        request.headers().containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true)
            && request
                .headers()
                .containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true);
    if (!asks) {
      throw Problem.upgradeRequired("This is the live feed: connect to it with a WebSocket.");
    }
    String version = header(request, HttpHeaderNames.SEC_WEBSOCKET_VERSION);
    if (!version.equals(WebSocketVersion.V13.toHttpHeaderValue())
        || header(request, HttpHeaderNames.SEC_WEBSOCKET_KEY).isEmpty()) {
      throw Problem.upgradeRequired("Only version 13 of the WebSocket protocol is spoken here.");
    }
    checkOrigin(request);
  }

  /** Browsers let any page dial any WebSocket; only pages of this server or machine may. */
  private void checkOrigin(FullHttpRequest request) {
    String origin = header(request, HttpHeaderNames.ORIGIN);
    if (origin.isEmpty()) {
      return;
    }
    String host = header(request, HttpHeaderNames.HOST);
    String from = authority(origin);
    boolean local = THIS_MACHINE.contains(from.replaceFirst(":\\d+$", ""));
    if (!local && !from.equalsIgnoreCase(host)) {
      refusals.count("ws.origin");
      throw Problem.of(
          HttpResponseStatus.FORBIDDEN,
          "Pages of '"
              + Request.shortened(origin)
              + "' may not read from here. A proxy in front has to pass the Host header on.");
    }
  }

  private static String authority(String origin) {
    try {
      String authority = URI.create(origin).getRawAuthority();
      return authority == null ? "" : authority.toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  private static String header(FullHttpRequest request, CharSequence name) {
    String value = request.headers().get(name);
    return value == null ? "" : value;
  }
}
