// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.api;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;

/** Makes requests whole; one with a body that nobody here wants is answered and ends. */
final class SmallBodies extends HttpObjectAggregator {
  static final int MAX_BODY = 8 << 10;

  SmallBodies() {
    super(MAX_BODY);
  }

  @Override
  protected void handleOversizedMessage(ChannelHandlerContext ctx, HttpMessage oversized) {
    ctx.fireUserEventTriggered(
        Problem.of(
            HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE,
            "The request's body is larger than " + MAX_BODY + " bytes; nothing here takes one."));
  }
}
