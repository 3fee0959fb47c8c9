// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.api;

import com.fasterxml.jackson.core.JsonGenerator;
import io.perfload.common.model.HostId;
import io.perfload.common.model.LostSamples;
import io.perfload.worker.fleet.TailPart;
import io.perfload.worker.history.QueryTooLarge;
import io.perfload.worker.history.SeriesAnswer;
import io.perfload.worker.history.SeriesLine;
import io.perfload.worker.history.SeriesPattern;
import io.perfload.worker.history.SeriesQuery;
import io.perfload.worker.history.StoreUnavailable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.IntToDoubleFunction;

/** {@code /api/v1/hosts/{id}/series}: parsed here, answered on the pool. */
final class SeriesEndpoint implements Endpoint {
  private static final long NEWEST_MS = 180_000;
  private static final int DEFAULT_POINTS = 1_000;

  private final ApiParts parts;
  private final ApiPool pool;

  SeriesEndpoint(ApiParts parts, ApiPool pool) {
    this.parts = parts;
    this.pool = pool;
  }

  @Override
  public CompletionStage<Answer> answer(Request request, String id) {
    HostId host = HostEndpoints.known(parts.fleet(), id).profile().id();
    SeriesQuery query = query(request, host);
    CompletableFuture<List<TailPart>> tail =
        query.toMs() > parts.clock().millis() - NEWEST_MS
            ? parts
                .tails()
                .tail(host)
                .completeOnTimeout(List.of(), 3, TimeUnit.SECONDS)
                .exceptionally(failure -> List.of())
            : CompletableFuture.completedFuture(List.of());
    return tail.thenApplyAsync(newest -> read(query, newest).packedFor(request), pool.executor());
  }

  private Answer read(SeriesQuery query, List<TailPart> newest) {
    try {
      SeriesAnswer answer = parts.reader().series(query, newest);
      return Answer.json(json -> write(json, answer));
    } catch (QueryTooLarge e) {
      throw Problem.badRequest(String.valueOf(e.getMessage()));
    } catch (StoreUnavailable e) {
      throw Problem.unavailable(
          "The history store does not answer now; live values go on. Ask again in a moment.");
    }
  }

  private SeriesQuery query(Request request, HostId host) {
    request.allowOnly("measures", "from", "to", "points");
    long now = parts.clock().millis();
    long from = time(request, "from", "-2m", now);
    long to = time(request, "to", "now", now);
    if (to <= from) {
      throw Problem.badRequest("from: not before to");
    }
    if (to - from > SeriesQuery.MAX_RANGE.toMillis()) {
      throw Problem.badRequest(
          "from, to: more than "
              + SeriesQuery.MAX_RANGE.toHours()
              + " hours apart; ask for a shorter time at once");
    }
    int points = request.integer("points", DEFAULT_POINTS, 1, SeriesQuery.MAX_POINTS);
    return new SeriesQuery(host, patterns(request), from, to, points);
  }

  private static List<SeriesPattern> patterns(Request request) {
    String measures =
        request
            .parameter("measures")
            .filter(text -> !text.isBlank())
            .orElseThrow(
                () ->
                    Problem.badRequest(
                        "Parameter 'measures' is missing: names from /api/v1/measures, separated by"
                            + " commas."));
    List<SeriesPattern> patterns = new ArrayList<>();
    for (String text : measures.split(",", -1)) {
      SeriesPattern pattern =
          SeriesPattern.parse(text.strip())
              .orElseThrow(
                  () ->
                      Problem.badRequest(
                          "measures: '"
                              + Request.shortened(text)
                              + "' (expected: a name such as cpu.utilization, name:instance or"
                              + " name:*)"));
      if (!patterns.contains(pattern)) {
        patterns.add(pattern);
      }
    }
    if (patterns.size() > SeriesQuery.MAX_PATTERNS) {
      throw Problem.badRequest("measures: more than " + SeriesQuery.MAX_PATTERNS + " names");
    }
    return patterns;
  }

  private static long time(Request request, String name, String otherwise, long now) {
    String text = request.parameter(name).orElse(otherwise);
    return TimeParameter.parse(text, now)
        .orElseThrow(
            () ->
                Problem.badRequest(
                    name
                        + ": '"
                        + Request.shortened(text)
                        + "' (expected: Unix milliseconds, now, or a time ago such as -5m)"));
  }

  private static void write(JsonGenerator json, SeriesAnswer answer) throws IOException {
    json.writeStartObject();
    json.writeStringField("tier", answer.tier().label());
    json.writeNumberField("from", answer.startMs());
    json.writeNumberField("to", answer.startMs() + answer.stepMs() * answer.points());
    json.writeNumberField("step", answer.stepMs());
    json.writeArrayFieldStart("t");
    for (int point = 0; point < answer.points(); point++) {
      json.writeNumber(answer.startMs() + answer.stepMs() * point);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("series");
    for (SeriesLine line : answer.lines()) {
      json.writeStartObject();
      json.writeStringField("measure", line.measure());
      json.writeStringField("instance", line.instance());
      json.writeStringField("unit", line.unit().symbol());
      writeColumn(json, "avg", answer.points(), line::avg);
      writeColumn(json, "min", answer.points(), line::min);
      writeColumn(json, "max", answer.points(), line::max);
      json.writeEndObject();
    }
    json.writeEndArray();
    writeGaps(json, answer.gaps());
    json.writeEndObject();
  }

  private static void writeGaps(JsonGenerator json, List<LostSamples> gaps) throws IOException {
    json.writeArrayFieldStart("gaps");
    for (LostSamples gap : gaps) {
      json.writeStartObject();
      json.writeNumberField("from", gap.fromMs());
      json.writeNumberField("to", gap.toMs());
      json.writeNumberField("samples", gap.samples());
      json.writeStringField("reason", gap.reason().label());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void writeColumn(
      JsonGenerator json, String name, int points, IntToDoubleFunction values) throws IOException {
    json.writeArrayFieldStart(name);
    for (int point = 0; point < points; point++) {
      double value = values.applyAsDouble(point);
      if (Double.isNaN(value)) {
        json.writeNull();
      } else if (value == Math.rint(value) && Math.abs(value) < 1e15) {
        json.writeNumber((long) value);
      } else {
        json.writeNumber(value);
      }
    }
    json.writeEndArray();
  }
}
