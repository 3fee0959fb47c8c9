// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.api;

import com.fasterxml.jackson.core.JsonGenerator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.perfload.common.model.Catalogue;
import io.perfload.common.model.Measure;
import io.perfload.worker.protocol.ProtocolPipeline;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * What a worker tells browsers and programs: pages, JSON, Prometheus text and the live feed. Paths
 * and shapes are described in {@code openapi.yaml} beside this class.
 */
public final class Api implements AutoCloseable {
  private static final String METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final ApiParts parts;
  private final ApiPool pool = new ApiPool();
  private final LiveHub live;
  private final OwnMetrics metrics;
  private final Answer measures = Answer.json(Api::writeMeasures);
  private final Answer description;
  private final StaticFiles files;
  private final Guests guests = new Guests();
  private final Routes routes;

  public Api(ApiParts parts) {
    this.parts = parts;
    this.live = new LiveHub(parts);
    this.metrics = new OwnMetrics(parts, live, pool);
    this.description =
        Answer.of(HttpResponseStatus.OK, "application/yaml", resource("openapi.yaml"));
    this.files = new StaticFiles(Api.class.getClassLoader(), pool);
    this.routes = routes();
  }

  /** Begins to feed browsers; to be called once. */
  public void start() {
    live.start();
  }

  /** What becomes of a connection that speaks HTTP. */
  public ProtocolPipeline http() {
    return new HttpPipeline(
        routes, new LiveUpgrade(live, guests, parts.refusals()), guests, parts.refusals());
  }

  /** Sees everybody out: who waits for an answer gets it, and nobody another one. Any thread. */
  public void seeOut() {
    guests.seeOut();
  }

  /** Connections that speak HTTP or listen to the live feed. */
  public int guests() {
    return guests.count();
  }

  @Override
  public void close() {
    live.close();
    pool.close();
  }

  Routes routes() {
    var hosts = new HostEndpoints(parts.fleet(), pool);
    return new Routes(this::file)
        .add("/v1.0/alive", Endpoint.quick(request -> Answer.empty(HttpResponseStatus.OK)))
        .add("/v1.0/stats", Endpoint.quick(this::stats))
        .add("/api/v1/hosts", hosts::list)
        .add("/api/v1/hosts/{id}", hosts::one)
        .add("/api/v1/hosts/{id}/series", new SeriesEndpoint(parts, pool))
        .add("/api/v1/measures", Endpoint.quick(measures::packedFor))
        .add("/api/v1/door", Endpoint.quick(this::door))
        .add("/api/v1/door/route", Endpoint.quick(this::route))
        .add("/metrics", Endpoint.quick(this::metrics))
        .add("/api/openapi.yaml", Endpoint.quick(description::packedFor));
  }

  private Optional<CompletionStage<Answer>> file(Request request) {
    return files.find(request);
  }

  private Answer stats(Request request) {
    return Answer.json(json -> StatsJson.write(json, parts, live, pool)).packedFor(request);
  }

  private Answer door(Request request) {
    request.allowOnly();
    return Answer.json(
            json -> {
              json.writeStartObject();
              DoorJson.writeFields(json, parts.door().get());
              json.writeEndObject();
            })
        .packedFor(request);
  }

  private Answer route(Request request) {
    request.allowOnly("ip");
    RouteLookup.Routed routed = parts.routes().route(request.address("ip"));
    String ip = request.parameter("ip").orElse("");
    return Answer.json(
        json -> {
          json.writeStartObject();
          json.writeStringField("ip", ip);
          if (routed.slot().isPresent()) {
            json.writeNumberField("slot", routed.slot().getAsInt());
          } else {
            json.writeNullField("slot");
          }
          json.writeArrayFieldStart("preference");
          for (int slot : routed.preference()) {
            json.writeNumber(slot);
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  private Answer metrics(Request request) {
    return Answer.blocks(METRICS_TYPE, new HostMetrics(metrics.text(), parts.fleet().all()));
  }

  private static void writeMeasures(JsonGenerator json) throws IOException {
    List<Catalogue.Entry> entries = Catalogue.entries();
    json.writeStartArray();
    for (Catalogue.Entry entry : entries) {
      Measure measure = entry.measure();
      json.writeStartObject();
      json.writeStringField("name", measure.name());
      json.writeStringField("unit", measure.unit().symbol());
      json.writeStringField("kind", measure.kind().name().toLowerCase(Locale.ROOT));
      json.writeStringField("description", entry.description());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static byte[] resource(String name) {
    try (InputStream in = Api.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing beside Api");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
