// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.api;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Answers requests for one path, on an event loop: at once or, if it takes long, elsewhere. */
@FunctionalInterface
interface Endpoint {
  /**
   * Answers a request to get something.
   *
   * @param id what the path has in the place of {@code {id}}, empty if it has no such place
   * @throws Problem if there is no other answer; the stage may fail with one too
   */
  CompletionStage<Answer> answer(Request request, String id);

  /** An endpoint that answers at once. */
  static Endpoint quick(Function<Request, Answer> make) {
    return (request, id) -> CompletableFuture.completedFuture(make.apply(request));
  }
}
