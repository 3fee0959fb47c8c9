// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.door;

import io.perfload.bench.process.Child;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * One way to a worker, running.
 *
 * @param kind which way
 * @param address where clients connect
 * @param doors the processes between client and worker; none if clients come straight to it
 * @param worker its own worker: nobody is warmed up by another's load
 */
record Front(Kind kind, InetSocketAddress address, List<Child> doors, Child worker) {
  Front {
    doors = List.copyOf(doors);
  }

  /** The pids of the processes in between. */
  List<Long> doorPids() {
    return doors.stream().flatMap(door -> door.pids().stream()).toList();
  }

  List<Long> workerPids() {
    return worker.pids();
  }

  /** The ways that are compared. */
  enum Kind {
    DIRECT("straight to the worker"),
    PERFLOAD("Perfload's door"),
    HAPROXY("HAProxy"),
    NGINX("nginx stream");

    private final String label;

    Kind(String label) {
      this.label = label;
    }

    /** What tables call it. */
    String label() {
      return label;
    }
  }
}
