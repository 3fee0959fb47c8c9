// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.api;

import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A request as far as anybody here cares. Immutable. */
final class Request {
  private static final int MAX_PARAMETERS = 32;

  private final HttpMethod method;
  private final String path;
  private final Map<String, List<String>> parameters;
  private final HttpHeaders headers;

  private Request(
      HttpMethod method, String path, Map<String, List<String>> parameters, HttpHeaders headers) {
    this.method = method;
    this.path = path;
    this.parameters = parameters;
    this.headers = headers;
  }

  /** Throws a {@link Problem} for a target that cannot be read. */
  static Request of(FullHttpRequest http) {
    try {
      var target = new QueryStringDecoder(http.uri(), true);
      Map<String, List<String>> parameters = target.parameters();
      if (parameters.size() > MAX_PARAMETERS) {
        throw Problem.badRequest("The request has more than " + MAX_PARAMETERS + " parameters.");
      }
      return new Request(http.method(), target.path(), parameters, http.headers());
    } catch (IllegalArgumentException e) {
      throw Problem.badRequest("The address of the request is not written as addresses are.");
    }
  }

  HttpMethod method() {
    return method;
  }

  /** Without the query; percent signs resolved. */
  String path() {
    return path;
  }

  String header(String name) {
    String value = headers.get(name);
    return value == null ? "" : value;
  }

  boolean acceptsGzip() {
    String accepted = header("Accept-Encoding");
    return accepted.contains("gzip")
        && !accepted.replace(" ", "").contains("gzip;q=0,")
        && !accepted.replace(" ", "").endsWith("gzip;q=0");
  }

  /** Refuses parameters that mean nothing here: they are misspelt more often than not. */
  void allowOnly(String... names) {
    Set<String> unknown = new TreeSet<>(parameters.keySet());
    Set<String> known = Set.of(names);
    unknown.removeAll(known);
    if (!unknown.isEmpty()) {
      throw Problem.badRequest(
          "Unknown parameter '"
              + unknown.iterator().next()
              + "'; known here: "
              + (known.isEmpty() ? "none" : String.join(", ", new TreeSet<>(known)))
              + ".");
    }
  }

  Optional<String> parameter(String name) {
    List<String> values = parameters.get(name);
    if (values == null || values.isEmpty()) {
      return Optional.empty();
    }
    if (values.size() > 1) {
      throw Problem.badRequest("Parameter '" + name + "' is there more than once.");
    }
    return Optional.of(values.get(0));
  }

  int integer(String name, int otherwise, int min, int max) {
    Optional<String> text = parameter(name);
    if (text.isEmpty()) {
      return otherwise;
    }
    try {
      int value = Integer.parseInt(text.orElseThrow());
      if (value >= min && value <= max) {
        return value;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw Problem.badRequest(
        name + ": '" + shortened(text.orElseThrow()) + "' (expected: " + min + " to " + max + ")");
  }

  InetAddress address(String name) {
    String text =
        parameter(name)
            .orElseThrow(
                () -> Problem.badRequest("Parameter '" + name + "' is missing: an IP address."));
    InetAddress address = NetUtil.createInetAddressFromIpAddressString(text);
    if (address == null) {
      throw Problem.badRequest(
          name + ": '" + shortened(text) + "' (expected: an IPv4 or IPv6 address)");
    }
    return address;
  }

  static String shortened(String text) {
    return text.length() <= 64 ? text : text.substring(0, 64) + "…";
  }
}
