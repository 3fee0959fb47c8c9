// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.api;

import io.perfload.common.config.Spelling;
import io.perfload.common.model.Catalogue;
import io.perfload.common.model.Measure;
import io.perfload.worker.fleet.HostState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Which hosts, in which order. The same query of two watchers is one query.
 *
 * @param sort a field or a measure
 * @param filter lower-case; empty for all
 */
record FleetQuery(String sort, boolean ascending, String filter) {
  static final String DEFAULT_SORT = "name";
  static final int MAX_FILTER = 256;

  private static final Set<String> FIELDS = Set.of("name", "status", "since", "lastSampleAt");
  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_]+(\\.[a-z0-9_]+)*");

  /** Throws a {@link Problem} for what cannot be sorted or filtered by. */
  static FleetQuery of(String sort, String order, String filter, List<HostState> hosts) {
    if (!order.equals("asc") && !order.equals("desc")) {
      throw Problem.badRequest("order: '" + Request.shortened(order) + "' (expected: asc or desc)");
    }
    if (filter.length() > MAX_FILTER) {
      throw Problem.badRequest("filter: longer than " + MAX_FILTER + " characters");
    }
    if (!isKnown(sort, hosts)) {
      throw Problem.badRequest(unknown(sort));
    }
    return new FleetQuery(sort, order.equals("asc"), filter.strip().toLowerCase(Locale.ROOT));
  }

  boolean isField() {
    return FIELDS.contains(sort);
  }

  boolean matches(HostState host) {
    return filter.isEmpty()
        || contains(host.profile().name())
        || contains(host.address())
        || contains(host.profile().facts().os().name())
        || host.profile().labels().entrySet().stream()
            .anyMatch(label -> contains(label.getKey() + "=" + label.getValue()));
  }

  private boolean contains(String text) {
    return text.toLowerCase(Locale.ROOT).contains(filter);
  }

  private static boolean isKnown(String sort, List<HostState> hosts) {
    if (sort.length() > Measure.MAX_NAME || !KEY.matcher(sort).matches()) {
      return false;
    }
    return keys().contains(sort)
        || hosts.stream().anyMatch(host -> LatestValues.column(host.set(), sort) >= 0);
  }

  private static Set<String> keys() {
    Set<String> keys = new TreeSet<>(FIELDS);
    Catalogue.entries().forEach(entry -> keys.add(entry.measure().name()));
    LatestValues.SHARES.forEach(share -> keys.add(share.name()));
    return keys;
  }

  private static String unknown(String sort) {
    Optional<String> nearest = Spelling.nearest(sort, new ArrayList<>(keys()));
    return "sort: '"
        + Request.shortened(sort)
        + "' is no measure of any host"
        + nearest.map(near -> "; did you mean '" + near + "'?").orElse("; see /api/v1/measures");
  }
}
