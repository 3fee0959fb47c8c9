// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.common.model;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.UUID;

/** Who a host is, for ever: made once by its agent and kept in the agent's data directory. */
public record HostId(UUID value) implements Comparable<HostId> {
  public static final int BYTES = 16;

  public HostId {
    requireNonNull(value, "value");
  }

  public static HostId random() {
    return new HostId(UUID.randomUUID());
  }

  public static HostId of(long high, long low) {
    return new HostId(new UUID(high, low));
  }

  /** Returns the id written as {@code text}, or nothing if it is not the text of a UUID. */
  public static Optional<HostId> parse(String text) {
    try {
      UUID value = UUID.fromString(text);
      return value.toString().equalsIgnoreCase(text)
          ? Optional.of(new HostId(value))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  public long high() {
    return value.getMostSignificantBits();
  }

  public long low() {
    return value.getLeastSignificantBits();
  }

  @Override
  public int compareTo(HostId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
