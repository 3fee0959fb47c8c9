// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.api;

import io.perfload.common.model.HostId;
import io.perfload.worker.fleet.Fleet;
import io.perfload.worker.fleet.HostState;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** {@code /api/v1/hosts} and {@code /api/v1/hosts/{id}}. */
final class HostEndpoints {
  private static final int DEFAULT_LIMIT = 100;
  private static final int MAX_LIMIT = 1_000;

  private final Fleet fleet;
  private final ApiPool pool;

  HostEndpoints(Fleet fleet, ApiPool pool) {
    this.fleet = fleet;
    this.pool = pool;
  }

  /** Sorting and writing a large fleet takes long: made on the pool. */
  CompletionStage<Answer> list(Request request, String none) {
    request.allowOnly("filter", "sort", "order", "offset", "limit");
    int offset = request.integer("offset", 0, 0, Integer.MAX_VALUE);
    int limit = request.integer("limit", DEFAULT_LIMIT, 0, MAX_LIMIT);
    List<HostState> hosts = fleet.all();
    FleetQuery query =
        FleetQuery.of(
            request.parameter("sort").orElse(FleetQuery.DEFAULT_SORT),
            request.parameter("order").orElse("asc"),
            request.parameter("filter").orElse(""),
            hosts);
    return pool.answer(() -> list(FleetList.of(hosts, query), offset, limit).packedFor(request));
  }

  CompletionStage<Answer> one(Request request, String id) {
    request.allowOnly();
    HostState host = known(fleet, id);
    return CompletableFuture.completedFuture(
        Answer.json(json -> HostJson.writeWithFacts(json, host)).packedFor(request));
  }

  static HostState known(Fleet fleet, String id) {
    return HostId.parse(id)
        .flatMap(fleet::find)
        .orElseThrow(
            () ->
                Problem.notFound(
                    "No host has the id '"
                        + Request.shortened(id)
                        + "'; /api/v1/hosts lists those there are."));
  }

  private static Answer list(FleetList list, int offset, int limit) {
    return Answer.json(
        json -> {
          json.writeStartObject();
          json.writeNumberField("total", list.total());
          json.writeNumberField("online", list.online());
          json.writeNumberField("offline", list.offline());
          json.writeArrayFieldStart("hosts");
          for (HostState host : list.rows(offset, limit)) {
            HostJson.write(json, host);
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }
}
