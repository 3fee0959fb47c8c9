// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.fleet;

import io.perfload.common.model.HostId;
import java.util.List;
import java.util.Optional;

/** Every host we know of, whoever owns it, as of about a second ago. Any thread; never blocks. */
public interface Fleet {
  /** Returns the host with its newest values. */
  Optional<HostState> find(HostId id);

  /** Returns all hosts in no particular order; a snapshot that is made at most once a second. */
  List<HostState> all();
}
