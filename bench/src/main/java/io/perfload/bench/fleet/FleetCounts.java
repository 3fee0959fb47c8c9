// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.fleet;

/**
 * What a fleet did up to one moment.
 *
 * @param connected connections made, the first of every agent included
 * @param lost connections that ended though nobody here ended them
 * @param refused attempts that did not become a connection
 * @param welcomed connections on which the worker said welcome
 * @param live agents that are welcome now
 * @param samples sent
 * @param held samples not sent because the connection did not take more
 * @param chunks sent, repetitions included
 * @param acknowledged chunks that need not be sent again, refused ones included
 * @param refusedChunks chunks that can never be stored
 * @param droppedChunks chunks given up because the spool was full
 * @param pings sent
 * @param pongs that came back
 * @param failures failure frames and frames that nobody can read
 * @param bytes written to sockets
 */
public record FleetCounts(
    long connected,
    long lost,
    long refused,
    long welcomed,
    long live,
    long samples,
    long held,
    long chunks,
    long acknowledged,
    long refusedChunks,
    long droppedChunks,
    long pings,
    long pongs,
    long failures,
    long bytes) {

  /** What happened since {@code earlier}; {@code live} stays as it is now. */
  public FleetCounts since(FleetCounts earlier) {
    return new FleetCounts(
        connected - earlier.connected,
        lost - earlier.lost,
        refused - earlier.refused,
        welcomed - earlier.welcomed,
        live,
        samples - earlier.samples,
        held - earlier.held,
        chunks - earlier.chunks,
        acknowledged - earlier.acknowledged,
        refusedChunks - earlier.refusedChunks,
        droppedChunks - earlier.droppedChunks,
        pings - earlier.pings,
        pongs - earlier.pongs,
        failures - earlier.failures,
        bytes - earlier.bytes);
  }
}
