// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.api;

import io.netty.channel.ChannelPipeline;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.stream.ChunkedWriteHandler;
import io.netty.handler.timeout.IdleStateHandler;
import io.perfload.worker.protocol.ProtocolPipeline;
import io.perfload.worker.protocol.Refusals;
import java.util.concurrent.TimeUnit;

/** What a connection becomes that speaks HTTP: every length and every wait has its limit. */
final class HttpPipeline implements ProtocolPipeline {
  static final int MAX_LINE = 4 << 10;
  static final int MAX_HEADERS = 8 << 10;

  /** Fewer whole requests fit than the codec takes at once, which is 128. */
  private static final int MAX_READ = 2 << 10;

  static final int STUCK_READER_S = 20;
  private static final WriteBufferWaterMark WATER = new WriteBufferWaterMark(64 << 10, 256 << 10);

  private final Routes routes;
  private final LiveUpgrade live;
  private final Guests guests;
  private final Refusals refusals;

  HttpPipeline(Routes routes, LiveUpgrade live, Guests guests, Refusals refusals) {
    this.routes = routes;
    this.live = live;
    this.guests = guests;
    this.refusals = refusals;
  }

  @Override
  public void install(ChannelPipeline pipeline) {
    pipeline.channel().config().setRecvByteBufAllocator(new FixedRecvByteBufAllocator(MAX_READ));
    pipeline.channel().config().setWriteBufferWaterMark(WATER);
    var deadline = new RequestDeadline();
    pipeline.addLast(new IdleStateHandler(true, 0, STUCK_READER_S, 0, TimeUnit.SECONDS));
    pipeline.addLast(deadline);
    pipeline.addLast(
        new HttpServerCodec(
            new HttpDecoderConfig()
                .setMaxInitialLineLength(MAX_LINE)
                .setMaxHeaderSize(MAX_HEADERS)
                .setMaxChunkSize(MAX_READ)
                .setInitialBufferSize(256)));
    pipeline.addLast(new SmallBodies());
    pipeline.addLast(new ChunkedWriteHandler());
    pipeline.addLast(new RequestHandler(routes, live, guests, deadline, refusals));
  }
}
