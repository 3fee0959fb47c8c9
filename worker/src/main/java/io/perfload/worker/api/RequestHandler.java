// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.api;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpChunkedInput;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.ReferenceCountUtil;
import io.perfload.worker.protocol.Refusals;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers the requests of one connection, one after the other: while one is being answered nothing
 * is read, and those that had come with it wait, at most {@value #MAX_WAITING}. Confined to the
 * channel's event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails closes its channel
final class RequestHandler extends ChannelInboundHandlerAdapter {
  private static final Logger log = LoggerFactory.getLogger(RequestHandler.class);
  private static final int MAX_WAITING = 120;

  private final Routes routes;
  private final LiveUpgrade live;
  private final RequestDeadline deadline;
  private final Refusals refusals;
  private final ArrayDeque<FullHttpRequest> waiting = new ArrayDeque<>();
  private boolean answering;
  private boolean writing;
  private boolean ending;

  RequestHandler(Routes routes, LiveUpgrade live, RequestDeadline deadline, Refusals refusals) {
    this.routes = routes;
    this.live = live;
    this.deadline = deadline;
    this.refusals = refusals;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (!(message instanceof FullHttpRequest request) || ending) {
      ReferenceCountUtil.release(message);
      return;
    }
    waiting.add(request);
    if (waiting.size() > MAX_WAITING) {
      interrupt(ctx, "http.pipeline", Problem.tooMany("Too many requests came without a pause."));
      return;
    }
    next(ctx);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    ending = true;
    dropWaiting();
    ctx.fireChannelInactive();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    dropWaiting();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event == RequestDeadline.Late.REQUEST) {
      interrupt(
          ctx,
          "http.slow",
          Problem.of(
              HttpResponseStatus.REQUEST_TIMEOUT,
              "No whole request came within " + RequestDeadline.WHOLE_S + " seconds."));
    } else if (event instanceof Problem problem) {
      interrupt(ctx, "http.body", problem);
    } else if (event instanceof IdleStateEvent && writing) {
      refusals.count("http.reader");
      ctx.close();
    } else {
      ctx.fireUserEventTriggered(event);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof PrematureChannelClosureException) {
      refusals.count("http.truncated");
    } else if (cause instanceof DecoderException) {
      refusals.count("http.pipeline");
      log.debug("Requests could not be taken apart", cause);
    } else if (!(cause instanceof IOException)) {
      log.warn("A request failed in a way nobody foresaw", cause);
    }
    ctx.close();
  }

  private void next(ChannelHandlerContext ctx) {
    while (!answering && !ending && !waiting.isEmpty()) {
      answering = true;
      deadline.requestCame();
      ctx.channel().config().setAutoRead(false);
      FullHttpRequest request = waiting.remove();
      try {
        begin(ctx, request);
      } finally {
        request.release();
      }
    }
  }

  private void begin(ChannelHandlerContext ctx, FullHttpRequest http) {
    DecoderResult decoded = http.decoderResult();
    if (!decoded.isSuccess()) {
      refuseUndecodable(ctx, decoded.cause());
      return;
    }
    boolean head = http.method().equals(HttpMethod.HEAD);
    boolean current = http.protocolVersion().equals(HttpVersion.HTTP_1_1);
    var reply = new Reply(current && HttpUtil.isKeepAlive(http), head, current);
    try {
      Request request = Request.of(http);
      if (LiveUpgrade.PATH.equals(request.path()) && http.method().equals(HttpMethod.GET)) {
        live.upgrade(ctx, http);
        ending = true;
        return;
      }
      if (!head && !http.method().equals(HttpMethod.GET)) {
        throw routes.refusal(request);
      }
      routes.answer(request).whenComplete((answer, failure) -> finish(ctx, answer, failure, reply));
    } catch (RuntimeException failure) {
      write(ctx, failed(failure), reply);
    }
  }

  private void finish(
      ChannelHandlerContext ctx,
      @Nullable Answer answer,
      @Nullable Throwable failure,
      Reply reply) {
    Answer told =
        answer != null
            ? answer
            : failed(failure == null ? new IllegalStateException("no answer") : failure);
    if (ctx.executor().inEventLoop()) {
      write(ctx, told, reply);
    } else {
      ctx.executor().execute(() -> write(ctx, told, reply));
    }
  }

  private static Answer failed(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (cause instanceof Problem problem) {
      return problem.answer();
    }
    log.error("An answer failed in a way nobody foresaw", cause);
    return Problem.of(
            HttpResponseStatus.INTERNAL_SERVER_ERROR,
            "The server made a mistake; its log says which. Asking again may help.")
        .answer();
  }

  private void refuseUndecodable(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof TooLongHttpLineException) {
      refuse(
          ctx,
          "http.line",
          Problem.of(
              HttpResponseStatus.REQUEST_URI_TOO_LONG,
              "The request line is longer than " + HttpPipeline.MAX_LINE + " bytes."));
    } else if (cause instanceof TooLongHttpHeaderException
        || cause instanceof TooLongFrameException) {
      refuse(
          ctx,
          "http.header",
          Problem.of(
              HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
              "The request's headers are longer than " + HttpPipeline.MAX_HEADERS + " bytes."));
    } else {
      refuse(ctx, "http.garbage", Problem.badRequest("That is not a request as HTTP has them."));
    }
  }

  /** Answers the request that is due, and ends. */
  private void refuse(ChannelHandlerContext ctx, String reason, Problem problem) {
    refusals.count(reason);
    write(ctx, problem.answer(), Reply.LAST);
  }

  /** Refuses what is not a request yet; nothing can be said while another one is being answered. */
  private void interrupt(ChannelHandlerContext ctx, String reason, Problem problem) {
    if (ending) {
      return;
    }
    dropWaiting();
    if (answering) {
      refusals.count(reason);
      ending = true;
      ctx.close();
    } else {
      refuse(ctx, reason, problem);
    }
  }

  private void write(ChannelHandlerContext ctx, Answer answer, Reply reply) {
    if (ending) {
      return;
    }
    ending = !reply.keep();
    writing = true;
    ChannelFuture written =
        answer.blocks().isPresent() && !reply.head()
            ? writeBlocks(ctx, answer, answer.blocks().orElseThrow(), reply)
            : writeWhole(ctx, answer, reply);
    written.addListener(done -> written(ctx, done.isSuccess(), reply.keep()));
  }

  private void written(ChannelHandlerContext ctx, boolean success, boolean keep) {
    answering = false;
    writing = false;
    if (!success) {
      ctx.close();
    } else if (!keep) {
      dropWaiting();
      LingeringClose.begin(ctx);
    } else if (waiting.isEmpty()) {
      deadline.answered(ctx);
      ctx.channel().config().setAutoRead(true);
    } else {
      ctx.executor().execute(() -> next(ctx));
    }
  }

  private static ChannelFuture writeWhole(ChannelHandlerContext ctx, Answer answer, Reply reply) {
    ByteBuf body = reply.head() ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(answer.body());
    var response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, answer.status(), body);
    headers(response, answer, reply.keep());
    if (answer.blocks().isEmpty() && !answer.status().equals(HttpResponseStatus.NOT_MODIFIED)) {
      HttpUtil.setContentLength(response, answer.body().length);
    }
    return ctx.writeAndFlush(response);
  }

  private static ChannelFuture writeBlocks(
      ChannelHandlerContext ctx, Answer answer, TextBlocks blocks, Reply reply) {
    var response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, answer.status());
    headers(response, answer, reply.keep());
    HttpUtil.setTransferEncodingChunked(response, reply.chunks());
    ctx.write(response);
    return ctx.writeAndFlush(new HttpChunkedInput(new BlockInput(blocks)));
  }

  private static void headers(HttpResponse response, Answer answer, boolean keep) {
    HttpHeaders headers = response.headers();
    answer.headers().forEach(headers::set);
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "same-origin");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
    if (!keep) {
      headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    }
  }

  private void dropWaiting() {
    for (Optional<FullHttpRequest> left = Optional.ofNullable(waiting.poll());
        left.isPresent();
        left = Optional.ofNullable(waiting.poll())) {
      left.orElseThrow().release();
    }
  }

  /**
   * How an answer is told.
   *
   * @param keep whether the connection stays
   * @param head whether only the headers are wanted
   * @param chunks whether the client knows chunks
   */
  private record Reply(boolean keep, boolean head, boolean chunks) {
    static final Reply LAST = new Reply(false, false, true);
  }
}
