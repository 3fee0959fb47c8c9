// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.api;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * The client's files, from {@code web/} on the class path. A file is read once, on the pool, and
 * kept: there are only as many as the client has. Addresses that the client itself knows are all
 * its first page.
 */
final class StaticFiles {
  private static final String ROOT = "web";
  private static final String FIRST_PAGE = "/index.html";
  private static final Pattern NAME = Pattern.compile("(/[A-Za-z0-9_-][A-Za-z0-9._-]*)+");
  private static final String POLICY =
      "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none';"
          + " form-action 'self'; frame-ancestors 'none'";
  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("html", "text/html; charset=utf-8"),
          Map.entry("js", "text/javascript; charset=utf-8"),
          Map.entry("mjs", "text/javascript; charset=utf-8"),
          Map.entry("css", "text/css; charset=utf-8"),
          Map.entry("json", "application/json"),
          Map.entry("webmanifest", "application/manifest+json"),
          Map.entry("map", "application/json"),
          Map.entry("txt", "text/plain; charset=utf-8"),
          Map.entry("svg", "image/svg+xml"),
          Map.entry("png", "image/png"),
          Map.entry("ico", "image/x-icon"),
          Map.entry("woff2", "font/woff2"));

  private final ClassLoader loader;
  private final ApiPool pool;
  private final Map<String, StaticFile> files = new ConcurrentHashMap<>();

  StaticFiles(ClassLoader loader, ApiPool pool) {
    this.loader = loader;
    this.pool = pool;
  }

  /** Whether {@code path} is one that the client draws by itself. */
  static boolean isPage(String path) {
    return path.equals("/")
        || path.equals("/door")
        || path.equals("/hosts")
        || path.startsWith("/hosts/");
  }

  /** Returns nothing for a path that cannot be a file. */
  Optional<CompletionStage<Answer>> find(Request request) {
    String path = isPage(request.path()) ? FIRST_PAGE : request.path();
    if (!NAME.matcher(path).matches() || path.startsWith("/api/") || path.endsWith(".gz")) {
      return Optional.empty();
    }
    StaticFile known = files.get(path);
    return Optional.of(
        known != null
            ? CompletableFuture.completedFuture(answer(request, path, known))
            : pool.answer(() -> answer(request, path, load(path))));
  }

  private static Answer answer(Request request, String path, StaticFile file) {
    boolean packed = file.packed().isPresent() && request.acceptsGzip();
    String tag = '"' + file.tag() + (packed ? "-gz\"" : "\"");
    Answer answer =
        isSeen(request, tag)
            ? Answer.empty(HttpResponseStatus.NOT_MODIFIED)
            : Answer.of(
                HttpResponseStatus.OK,
                file.contentType(),
                packed ? file.packed().orElseThrow() : file.plain());
    if (packed) {
      answer = answer.with("Content-Encoding", "gzip");
    }
    if (file.packed().isPresent()) {
      answer = answer.with("Vary", "Accept-Encoding");
    }
    return answer
        .with("ETag", tag)
        .with("Content-Security-Policy", POLICY)
        .with("X-Frame-Options", "DENY")
        .with("Cross-Origin-Opener-Policy", "same-origin")
        .with(
            "Cache-Control",
            path.startsWith("/assets/") ? "public, max-age=31536000, immutable" : "no-cache");
  }

  private static boolean isSeen(Request request, String tag) {
    String known = request.header("If-None-Match");
    return known.equals("*") || known.contains(tag);
  }

  private StaticFile load(String path) {
    byte[] plain =
        read(path)
            .orElseThrow(
                () ->
                    Problem.notFound(
                        path.equals(FIRST_PAGE)
                            ? "This build has no pages; the API is described at /api/openapi.yaml."
                            : "There is nothing at '" + Request.shortened(path) + "'."));
    var file = new StaticFile(type(path), plain, read(path + ".gz"), tag(plain));
    files.put(path, file);
    return file;
  }

  private Optional<byte[]> read(String path) {
    try (InputStream in = loader.getResourceAsStream(ROOT + path)) {
      return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String type(String path) {
    String end = path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return TYPES.getOrDefault(end, "application/octet-stream");
  }

  private static String tag(byte[] content) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
