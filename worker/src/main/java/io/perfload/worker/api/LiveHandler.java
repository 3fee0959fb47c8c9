// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.timeout.IdleState;
import io.netty.handler.timeout.IdleStateEvent;
import io.perfload.common.model.HostId;
import io.perfload.worker.protocol.Refusals;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a browser says on a live connection. A message that makes no sense is answered and the
 * connection stays; a frame that is no frame ends it. Confined to the channel's event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails closes its channel
final class LiveHandler extends SimpleChannelInboundHandler<WebSocketFrame> {
  private static final Logger log = LoggerFactory.getLogger(LiveHandler.class);
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int SILENT_PINGS = 3;

  private final LiveConnection connection;
  private final LiveHub hub;
  private final Guests guests;
  private final Refusals refusals;
  private final OpRate rate = new OpRate();
  private int pings;
  private boolean ending;
  private Guests.Guest guest = () -> {};

  LiveHandler(LiveConnection connection, LiveHub hub, Guests guests, Refusals refusals) {
    this.connection = connection;
    this.hub = hub;
    this.guests = guests;
    this.refusals = refusals;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    guest = () -> ctx.executor().execute(() -> leave(ctx));
    guests.join(guest);
  }

  /** The browser is told, and connects again: to another worker. */
  private void leave(ChannelHandlerContext ctx) {
    if (!ending) {
      end(ctx, new CloseWebSocketFrame(WebSocketCloseStatus.ENDPOINT_UNAVAILABLE));
    }
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, WebSocketFrame frame) {
    pings = 0;
    if (ending) {
      return;
    }
    if (frame instanceof TextWebSocketFrame text) {
      said(ctx, text.text());
    } else if (frame instanceof PingWebSocketFrame ping) {
      if (ctx.channel().isWritable()) {
        ctx.writeAndFlush(new PongWebSocketFrame(ping.content().retain()));
      }
    } else if (frame instanceof CloseWebSocketFrame close) {
      end(ctx, close.retain());
    } else if (!(frame instanceof PongWebSocketFrame)) {
      connection.tellError("Only text frames are understood.");
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    guests.left(guest);
    hub.left(connection);
    ctx.fireChannelInactive();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    connection.pump();
    ctx.fireChannelWritabilityChanged();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (!(event instanceof IdleStateEvent idle)) {
      ctx.fireUserEventTriggered(event);
    } else if (idle.state() == IdleState.READER_IDLE) {
      silent(ctx);
    } else if (!ctx.channel().isWritable()) {
      refusals.count("ws.reader");
      ctx.close();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof CorruptedWebSocketFrameException corrupted) {
      refuse(ctx, corrupted.closeStatus());
    } else if (cause instanceof TooLongFrameException) {
      refuse(ctx, WebSocketCloseStatus.MESSAGE_TOO_BIG);
    } else {
      if (!(cause instanceof IOException)) {
        log.warn("A live connection failed in a way nobody foresaw", cause);
      }
      ctx.close();
    }
  }

  private void silent(ChannelHandlerContext ctx) {
    pings++;
    if (pings > SILENT_PINGS) {
      ctx.close();
    } else if (ctx.channel().isWritable()) {
      ctx.writeAndFlush(new PingWebSocketFrame(Unpooled.EMPTY_BUFFER));
    }
  }

  private void refuse(ChannelHandlerContext ctx, WebSocketCloseStatus status) {
    if (!ending) {
      refusals.count(
          status.equals(WebSocketCloseStatus.MESSAGE_TOO_BIG) ? "ws.length" : "ws.frame");
      end(ctx, new CloseWebSocketFrame(status));
    }
  }

  private void end(ChannelHandlerContext ctx, CloseWebSocketFrame last) {
    ending = true;
    hub.left(connection);
    ctx.writeAndFlush(last).addListener(done -> LingeringClose.begin(ctx));
  }

  private void said(ChannelHandlerContext ctx, String text) {
    switch (rate.said(System.nanoTime())) {
      case FINE -> obey(text);
      case TOO_MUCH ->
          connection.tellError(
              "Too many messages: at most " + OpRate.A_SECOND + " a second are read.");
      case FLOOD -> {
        refusals.count("ws.flood");
        end(ctx, new CloseWebSocketFrame(WebSocketCloseStatus.POLICY_VIOLATION));
      }
    }
  }

  private void obey(String text) {
    try {
      JsonNode message = MAPPER.readTree(text);
      if (message == null || !message.isObject()) {
        throw Problem.badRequest("A message is a JSON object with an \"op\".");
      }
      obey(message);
    } catch (JsonProcessingException e) {
      connection.tellError("That is not JSON: " + e.getOriginalMessage());
    } catch (Problem e) {
      connection.tellError(String.valueOf(e.getMessage()));
    }
  }

  private void obey(JsonNode message) {
    switch (text(message, "op", "")) {
      case "fleet" -> hub.watchFleet(connection, window(message));
      case "host" -> hub.watchHost(connection, host(message));
      case "door" -> hub.watchDoor(connection);
      case "stop" -> stop(text(message, "what", ""));
      default ->
          throw Problem.badRequest(
              "Unknown op '"
                  + Request.shortened(text(message, "op", ""))
                  + "' (expected: fleet, host, door or stop)");
    }
  }

  private void stop(String what) {
    switch (what) {
      case "fleet" -> connection.stopFleet();
      case "host" -> connection.stopHost();
      case "door" -> connection.stopDoor();
      default ->
          throw Problem.badRequest(
              "what: '" + Request.shortened(what) + "' (expected: fleet, host or door)");
    }
  }

  private FleetWindow window(JsonNode message) {
    return new FleetWindow(
        FleetQuery.of(
            text(message, "sort", FleetQuery.DEFAULT_SORT),
            text(message, "order", "asc"),
            text(message, "filter", ""),
            hub.hosts()),
        integer(message, "offset", 0, Integer.MAX_VALUE),
        integer(message, "limit", FleetWindow.DEFAULT_LIMIT, FleetWindow.MAX_LIMIT));
  }

  private static HostId host(JsonNode message) {
    String id = text(message, "id", "");
    return HostId.parse(id)
        .orElseThrow(
            () ->
                Problem.badRequest("id: '" + Request.shortened(id) + "' (expected: a host's id)"));
  }

  private static String text(JsonNode message, String field, String otherwise) {
    JsonNode value = message.get(field);
    if (value == null || value.isNull()) {
      return otherwise;
    }
    if (!value.isTextual()) {
      throw Problem.badRequest(field + ": expected a text");
    }
    return value.textValue();
  }

  private static int integer(JsonNode message, String field, int otherwise, int max) {
    JsonNode value = message.get(field);
    if (value == null || value.isNull()) {
      return otherwise;
    }
    if (!value.canConvertToInt()
        || !value.isIntegralNumber()
        || value.intValue() < 0
        || value.intValue() > max) {
      throw Problem.badRequest(field + ": expected 0 to " + max);
    }
    return value.intValue();
  }
}
