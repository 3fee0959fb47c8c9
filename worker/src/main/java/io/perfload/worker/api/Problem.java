// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.api;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.Map;

/**
 * Why a request has no other answer: becomes {@code application/problem+json} (RFC 9457). Its
 * message is a sentence a person can act on.
 */
final class Problem extends RuntimeException {
  private final transient HttpResponseStatus status;
  private final transient Map<String, String> headers;

  private Problem(HttpResponseStatus status, String detail, Map<String, String> headers) {
    super(detail, null, false, false);
    this.status = status;
    this.headers = Map.copyOf(headers);
  }

  static Problem of(HttpResponseStatus status, String detail) {
    return new Problem(status, detail, Map.of());
  }

  static Problem badRequest(String detail) {
    return of(HttpResponseStatus.BAD_REQUEST, detail);
  }

  static Problem notFound(String detail) {
    return of(HttpResponseStatus.NOT_FOUND, detail);
  }

  static Problem unavailable(String detail) {
    return new Problem(HttpResponseStatus.SERVICE_UNAVAILABLE, detail, Map.of("Retry-After", "2"));
  }

  static Problem tooMany(String detail) {
    return new Problem(HttpResponseStatus.TOO_MANY_REQUESTS, detail, Map.of("Retry-After", "5"));
  }

  static Problem notAllowed(String method) {
    return new Problem(
        HttpResponseStatus.METHOD_NOT_ALLOWED,
        method + " is not possible here; use GET or HEAD.",
        Map.of("Allow", "GET, HEAD"));
  }

  static Problem upgradeRequired(String detail) {
    return new Problem(
        HttpResponseStatus.UPGRADE_REQUIRED,
        detail,
        Map.of("Upgrade", "websocket", "Sec-WebSocket-Version", "13"));
  }

  HttpResponseStatus status() {
    return status;
  }

  Answer answer() {
    byte[] body =
        Json.bytes(
            json -> {
              json.writeStartObject();
              json.writeStringField("type", "about:blank");
              json.writeStringField("title", status.reasonPhrase());
              json.writeNumberField("status", status.code());
              json.writeStringField("detail", getMessage());
              json.writeEndObject();
            });
    Answer answer = Answer.of(status, "application/problem+json", body);
    for (Map.Entry<String, String> header : headers.entrySet()) {
      answer = answer.with(header.getKey(), header.getValue());
    }
    return answer;
  }
}
