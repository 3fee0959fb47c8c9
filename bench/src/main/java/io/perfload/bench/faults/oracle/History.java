// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.faults.oracle;

import io.perfload.common.chunk.Chunk;
import io.perfload.common.model.HostId;
import io.perfload.common.model.LostSamples;
import java.util.List;

/** All that a store has of hosts when everything is over. */
public interface History {
  /** Every stored chunk of the host, decoded. */
  List<Chunk> chunks(HostId host);

  /** Every stored gap of the host. */
  List<LostSamples> gaps(HostId host);
}
