// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.spool;

import static org.assertj.core.api.Assertions.assertThat;

import io.perfload.common.model.LostSamples;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class RecorderTest {
  private final CountDownLatch disk = new CountDownLatch(1);
  private final CrashingDirectory files = new CrashingDirectory();
  private final Spool spool =
      Spool.open(
          new SlowDirectory(),
          Readings.HOST,
          SpoolLife.roomy(),
          false,
          () -> Instant.ofEpochMilli(Readings.MINUTE));

  @Test
  void readingIsWrittenWhenItWasHandedOver() throws Exception {
    var recorder = new Recorder(spool, Duration.ofMinutes(1));
    disk.countDown();
    recorder.start();

    for (int second = 0; second < 5; second++) {
      recorder.add(Readings.at(second));
      assertThat(open().openReadings()).hasSize(second + 1);
    }
    assertThat(recorder.stop(Duration.ofSeconds(10))).isTrue();
  }

  @Test
  void diskThatHangsLosesWhatTheQueueCannotHoldAndSaysSo() throws Exception {
    var recorder = new Recorder(spool, Duration.ofMillis(1));
    recorder.start();
    for (int second = 0; second < 310; second++) {
      recorder.add(Readings.at(second));
    }
    long lost = recorder.overflowed();
    assertThat(lost).isBetween(9L, 10L);
    assertThat(recorder.stop(Duration.ofMillis(1))).as("still hanging").isFalse();

    disk.countDown();
    assertThat(recorder.stop(Duration.ofSeconds(10))).isTrue();

    List<LostSamples> gaps = SpoolLife.gapsOf(open());
    assertThat(gaps).hasSize(1);
    assertThat(gaps.get(0).samples()).isEqualTo(lost);
    assertThat(gaps.get(0).toMs()).isEqualTo(Readings.MINUTE + 310_000);
    assertThat(gaps.get(0).reason()).isEqualTo(LostSamples.Reason.DISK_SLOW);
    int kept = SpoolLife.chunksOf(open()).size() + open().openReadings().size();
    assertThat(kept + lost).isEqualTo(310);
  }

  private Spool open() {
    return Spool.open(
        files.afterProcess(),
        Readings.HOST,
        SpoolLife.roomy(),
        false,
        () -> Instant.ofEpochMilli(Readings.MINUTE));
  }

  /** Keeps whoever writes waiting. */
  private final class SlowDirectory implements Directory {
    @Override
    public List<String> names() {
      return files.names();
    }

    @Override
    public byte[] read(String name) throws IOException {
      return files.read(name);
    }

    @Override
    public long size(String name) throws IOException {
      return files.size(name);
    }

    @Override
    public Output create(String name) throws IOException {
      return new SlowOutput(files.create(name));
    }

    @Override
    public Output append(String name) throws IOException {
      return files.append(name);
    }

    @Override
    public void rename(String from, String to) throws IOException {
      files.rename(from, to);
    }

    @Override
    public void delete(String name) {
      files.delete(name);
    }

    @Override
    public void sync() {
      files.sync();
    }
  }

  private final class SlowOutput implements Directory.Output {
    private final Directory.Output file;

    SlowOutput(Directory.Output file) {
      this.file = file;
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
      try {
        disk.await();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      file.write(bytes);
    }

    @Override
    public void force() throws IOException {
      file.force();
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
