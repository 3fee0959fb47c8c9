// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.api;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** What a request is answered with. Immutable; nobody changes its bytes. */
final class Answer {
  private static final int WORTH_PACKING = 1_400;

  private final HttpResponseStatus status;
  private final Map<String, String> headers;
  private final byte[] body;
  private final Optional<TextBlocks> blocks;

  private Answer(
      HttpResponseStatus status,
      Map<String, String> headers,
      byte[] body,
      Optional<TextBlocks> blocks) {
    this.status = status;
    this.headers = headers;
    this.body = body;
    this.blocks = blocks;
  }

  static Answer of(HttpResponseStatus status, String contentType, byte[] body) {
    return new Answer(status, Map.of("Content-Type", contentType), body, Optional.empty());
  }

  static Answer empty(HttpResponseStatus status) {
    return new Answer(status, Map.of(), new byte[0], Optional.empty());
  }

  static Answer json(Json.Body body) {
    return of(HttpResponseStatus.OK, "application/json", Json.bytes(body))
        .with("Cache-Control", "no-store");
  }

  /** An answer that is made while it is sent. */
  static Answer blocks(String contentType, TextBlocks blocks) {
    return new Answer(
        HttpResponseStatus.OK,
        Map.of("Content-Type", contentType, "Cache-Control", "no-store"),
        new byte[0],
        Optional.of(blocks));
  }

  Answer with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Answer(status, more, body, blocks);
  }

  /** Packs the body if the client takes it packed and it is worth it. */
  Answer packedFor(Request request) {
    if (body.length < WORTH_PACKING || headers.containsKey("Content-Encoding")) {
      return this;
    }
    Answer varying = with("Vary", "Accept-Encoding");
    return request.acceptsGzip() ? varying.packed() : varying;
  }

  HttpResponseStatus status() {
    return status;
  }

  Map<String, String> headers() {
    return headers;
  }

  byte[] body() {
    return body;
  }

  Optional<TextBlocks> blocks() {
    return blocks;
  }

  private Answer packed() {
    return new Answer(
        status, with("Content-Encoding", "gzip").headers, gzip(body), Optional.empty());
  }

  private static byte[] gzip(byte[] plain) {
    var out = new ByteArrayOutputStream(plain.length / 4 + 64);
    try (var gzip =
        new GZIPOutputStream(out) {
          {
            def.setLevel(Deflater.BEST_SPEED);
          }
        }) {
      gzip.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
