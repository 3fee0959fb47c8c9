// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.faults.real;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** Agents are killed, the ends of files in their spools are changed, and agents started again. */
final class SpoolTampered implements Fault {
  private static final int TORN_BYTES = 30;
  private static final int TAIL = 400;

  private final Way way;
  private int changed;

  SpoolTampered(Way way) {
    this.way = way;
  }

  @Override
  public void inject(Scene scene) throws IOException, InterruptedException {
    AgentProcess process = scene.agents();
    process.kill();
    if (way != Way.DOUBLED) {
      process.newestTaken();
    }
    for (AgentPlan.Host host : process.plan().hosts()) {
      for (Path file : files(process.plan().spool(host.id()))) {
        byte[] bytes = Files.readAllBytes(file);
        if (bytes.length > TORN_BYTES) {
          Files.write(file, way.of(bytes, scene.random()));
          changed++;
        }
      }
    }
    agents = Optional.of(process);
  }

  private Optional<AgentProcess> agents = Optional.empty();

  @Override
  public Duration lasts(Scene scene) {
    return Duration.ofMillis(scene.random().nextLong(500));
  }

  @Override
  public void heal(Scene scene) throws IOException {
    agents.orElseThrow().start();
  }

  @Override
  public boolean happened() {
    return changed > 0;
  }

  /** The minute that goes on; where bits flip, the newest sealed one too. */
  private List<Path> files(Path spool) throws IOException {
    try (Stream<Path> all = Files.list(spool)) {
      List<Path> files = all.sorted().toList();
      Stream<Path> open = last(files, ".open").stream();
      Stream<Path> sealed = way == Way.FLIPPED ? last(files, ".chunk").stream() : Stream.empty();
      return Stream.concat(open, sealed).toList();
    }
  }

  private static Optional<Path> last(List<Path> files, String suffix) {
    return files.stream().filter(file -> file.toString().endsWith(suffix)).reduce((a, b) -> b);
  }

  /** What happens to the end of a file. */
  enum Way {
    /** It is cut off within its last record. */
    TORN {
      @Override
      byte[] of(byte[] bytes, RandomGenerator random) {
        return Arrays.copyOf(bytes, bytes.length - random.nextInt(1, TORN_BYTES));
      }
    },
    /** It is there twice. */
    DOUBLED {
      @Override
      byte[] of(byte[] bytes, RandomGenerator random) {
        int more = random.nextInt(1, Math.min(TAIL, bytes.length) + 1);
        byte[] doubled = Arrays.copyOf(bytes, bytes.length + more);
        System.arraycopy(bytes, bytes.length - more, doubled, bytes.length, more);
        return doubled;
      }
    },
    /** One of its bits is another. */
    FLIPPED {
      @Override
      byte[] of(byte[] bytes, RandomGenerator random) {
        byte[] flipped = bytes.clone();
        int at = bytes.length - random.nextInt(1, Math.min(TAIL, bytes.length) + 1);
        flipped[at] ^= (byte) (1 << random.nextInt(8));
        return flipped;
      }
    };

    abstract byte[] of(byte[] bytes, RandomGenerator random);
  }
}
