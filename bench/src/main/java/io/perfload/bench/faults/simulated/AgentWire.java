// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.faults.simulated;

import io.perfload.agent.link.Wire;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.ByteBuffer;
import java.util.Optional;

/** An agent's end of a line, or of one that is refused or never made. One thread. */
final class AgentWire implements Wire {
  private final World world;
  private final Life life;
  private final Optional<Line> line;
  private final long connectedAtNanos;
  private final boolean refused;
  private boolean open = true;

  /**
   * Begins to connect.
   *
   * @param line nothing if it will not be made
   * @param refused whether it is refused rather than left alone
   */
  AgentWire(World world, Life life, Optional<Line> line, long connectedAtNanos, boolean refused) {
    this.world = world;
    this.life = life;
    this.line = line;
    this.connectedAtNanos = connectedAtNanos;
    this.refused = refused;
  }

  @Override
  public boolean isConnected() throws IOException {
    if (world.time.nanos() < connectedAtNanos) {
      return false;
    }
    if (refused) {
      throw new ConnectException("Connection refused");
    }
    check();
    return line.isPresent();
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    check();
    life.step();
    int at = into.position();
    int count = made().down.read(into);
    if (count > 0) {
      made().tap.received(into.slice(at, count));
    }
    return count;
  }

  @Override
  public void write(ByteBuffer bytes) throws IOException {
    check();
    life.step();
    ByteBuffer seen = bytes.duplicate();
    int count = made().up.write(bytes);
    made().tap.sent(seen.slice(seen.position(), count));
    life.step();
  }

  /** The line always tells. */
  @Override
  public void wantToWrite(boolean wanted) {}

  @Override
  public void shutdownOutput() throws IOException {
    check();
    made().up.end();
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public void close() {
    if (open && !life.isOver()) {
      open = false;
      line.ifPresent(made -> made.up.end());
      line.ifPresent(made -> made.down.drop());
    }
  }

  private void check() throws IOException {
    if (line.isPresent() && line.get().isReset()) {
      throw new IOException("Connection reset by peer");
    }
  }

  private Line made() {
    return line.orElseThrow(() -> new IllegalStateException("not connected"));
  }
}
