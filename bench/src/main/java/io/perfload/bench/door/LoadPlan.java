// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.door;

import io.perfload.bench.fleet.AddressRange;
import java.net.InetSocketAddress;

/**
 * A load of small requests.
 *
 * @param server whom to ask
 * @param sources where to connect from, the next one for each connection
 * @param concurrency how many connections at once, one request on its way on each
 * @param kept whether a connection is used again and again; otherwise each has one request
 * @param reset whether a connection ends with RST (no waiting ports) or with FIN
 */
record LoadPlan(
    InetSocketAddress server, AddressRange sources, int concurrency, boolean kept, boolean reset) {}
