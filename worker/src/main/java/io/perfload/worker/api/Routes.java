// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.api;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Which endpoint answers which path. Immutable once built. */
final class Routes {
  private static final String PLACE = "{id}";

  private final Map<String, Endpoint> exact = new LinkedHashMap<>();
  private final Map<String, Endpoint> withId = new LinkedHashMap<>();
  private final Function<Request, Optional<CompletionStage<Answer>>> files;

  /**
   * @param files answers what no route does
   */
  Routes(Function<Request, Optional<CompletionStage<Answer>>> files) {
    this.files = files;
  }

  /**
   * @param path may have one {@code {id}}, which stands for one segment
   */
  Routes add(String path, Endpoint endpoint) {
    (path.contains(PLACE) ? withId : exact).put(path, endpoint);
    return this;
  }

  /**
   * Answers a request to get something.
   *
   * @throws Problem if there is no other answer; the stage may fail with one too
   */
  CompletionStage<Answer> answer(Request request) {
    Optional<Match> match = find(request.path());
    if (match.isPresent()) {
      return match.orElseThrow().endpoint().answer(request, match.orElseThrow().id());
    }
    return files.apply(request).orElseThrow(() -> nowhere(request));
  }

  /** What becomes of a request that is no wish to get something. */
  Problem refusal(Request request) {
    boolean known =
        find(request.path()).isPresent()
            || request.path().equals(LiveUpgrade.PATH)
            || StaticFiles.isPage(request.path());
    return known ? Problem.notAllowed(request.method().name()) : nowhere(request);
  }

  private static Problem nowhere(Request request) {
    return Problem.notFound(
        "There is nothing at '"
            + Request.shortened(request.path())
            + "'; see /api/openapi.yaml for what there is.");
  }

  private Optional<Match> find(String path) {
    Endpoint endpoint = exact.get(path);
    if (endpoint != null) {
      return Optional.of(new Match(endpoint, ""));
    }
    for (Map.Entry<String, Endpoint> route : withId.entrySet()) {
      Optional<String> id = idIn(path, route.getKey());
      if (id.isPresent()) {
        return Optional.of(new Match(route.getValue(), id.orElseThrow()));
      }
    }
    return Optional.empty();
  }

  /** All patterns, in the order they were added. */
  Set<String> paths() {
    var paths = new LinkedHashSet<>(exact.keySet());
    paths.addAll(withId.keySet());
    return paths;
  }

  private static Optional<String> idIn(String path, String pattern) {
    int place = pattern.indexOf(PLACE);
    String before = pattern.substring(0, place);
    String after = pattern.substring(place + PLACE.length());
    int length = path.length() - before.length() - after.length();
    if (length < 1 || !path.startsWith(before) || !path.endsWith(after)) {
      return Optional.empty();
    }
    String id = path.substring(before.length(), before.length() + length);
    return id.indexOf('/') < 0 ? Optional.of(id) : Optional.empty();
  }

  /** What answers, and the id in the path. */
  private record Match(Endpoint endpoint, String id) {}
}
