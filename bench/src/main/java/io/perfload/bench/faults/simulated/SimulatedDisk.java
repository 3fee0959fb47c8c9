// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.faults.simulated;

import io.perfload.agent.spool.Directory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The disk of one machine. A process that ends leaves all it wrote; when the machine ends, each
 * write, name and removal that was not synced is kept, lost, or torn, in no order. One thread.
 */
final class SimulatedDisk {
  private static final int BLOCK = 256;

  private final World world;
  private final String who;
  private TreeMap<String, File> names = new TreeMap<>();
  private TreeMap<String, File> durableNames = new TreeMap<>();
  private final List<NameChange> unsyncedNames = new ArrayList<>();
  private State state = State.FINE;
  private long room;
  private Optional<Long> failedAtNanos = Optional.empty();

  /** How the disk is. */
  enum State {
    FINE,
    FULL,
    READ_ONLY,
    /** Syncing fails, and what was to be synced never will be. */
    FAILING
  }

  SimulatedDisk(World world, String who) {
    this.world = world;
    this.who = who;
  }

  /** It is so from now on; a full one has the room that is made from then on. */
  void become(State next) {
    room = 0;
    state = next;
  }

  State state() {
    return state;
  }

  /** Whether nothing has failed for so long. */
  boolean isFineSince(long nanos) {
    return failedAtNanos.filter(at -> world.time.nanos() - at < nanos).isEmpty();
  }

  /** The disk as one process sees it. */
  Directory of(Life life) {
    return new View(life);
  }

  /** The machine ended: what was not synced is up to chance. */
  void losePower() {
    boolean inOrder = world.random.nextBoolean();
    int whole = world.random.nextInt(unsyncedNames.size() + 1);
    for (int i = 0; i < unsyncedNames.size(); i++) {
      if (inOrder ? i < whole : world.random.nextBoolean()) {
        unsyncedNames.get(i).apply(durableNames);
      } else {
        world.count(Mishap.NAME_LOST, who);
      }
    }
    unsyncedNames.clear();
    durableNames.values().stream().distinct().forEach(this::losePower);
    names = new TreeMap<>(durableNames);
  }

  private void losePower(File file) {
    if (!file.unsynced.isEmpty()) {
      file.settle(world);
      world.count(Mishap.WRITE_LOST, who);
    }
  }

  private interface NameChange {
    void apply(Map<String, File> names);
  }

  private void change(NameChange change) {
    change.apply(names);
    unsyncedNames.add(change);
  }

  /** What was written to a file, the synced part first. */
  private static final class File {
    private byte[] bytes = new byte[256];
    private int length;
    private int synced;
    private final List<int[]> unsynced = new ArrayList<>();
    private boolean doomed;

    void write(ByteBuffer more, int count) {
      if (bytes.length < length + count) {
        bytes = Arrays.copyOf(bytes, Math.max(length + count, bytes.length * 2));
      }
      more.get(bytes, length, count);
      unsynced.add(new int[] {length, count});
      length += count;
    }

    void sync() {
      if (!doomed) {
        synced = length;
        unsynced.clear();
      }
    }

    /** Some writes are there, some are not, one may be torn; what is missing in between is 0. */
    void settle(World world) {
      boolean inOrder = world.random.nextBoolean();
      int whole = world.random.nextInt(unsynced.size() + 1);
      int end = synced;
      for (int i = 0; i < unsynced.size(); i++) {
        int from = unsynced.get(i)[0];
        int count = unsynced.get(i)[1];
        boolean torn = inOrder ? i == whole : world.random.nextInt(3) == 0;
        boolean lost = inOrder ? i > whole : world.random.nextInt(3) == 0;
        int kept = lost ? 0 : torn ? world.random.nextInt(count + 1) : count;
        Arrays.fill(bytes, from + kept, from + count, (byte) 0);
        end = kept > 0 ? from + kept : end;
      }
      length = end;
      synced = end;
      unsynced.clear();
      doomed = false;
    }
  }

  private final class View implements Directory {
    private final Life life;

    View(Life life) {
      this.life = life;
    }

    @Override
    public List<String> names() {
      life.step();
      return List.copyOf(names.keySet());
    }

    @Override
    public byte[] read(String name) throws IOException {
      life.step();
      File file = find(name);
      if (world.plant == Plant.EARLY_TRIM && name.endsWith(".chunk")) {
        change(all -> all.remove(name));
      }
      return Arrays.copyOf(file.bytes, file.length);
    }

    @Override
    public long size(String name) throws IOException {
      life.step();
      return find(name).length;
    }

    @Override
    public Output create(String name) throws IOException {
      beginChange();
      if (state == State.FULL && room == 0 && world.random.nextBoolean()) {
        throw fail("No space left on device");
      }
      var file = new File();
      note("create", name);
      change(all -> all.put(name, file));
      life.step();
      return new Stream(life, file);
    }

    @Override
    public Output append(String name) throws IOException {
      beginChange();
      return new Stream(life, find(name));
    }

    @Override
    public void rename(String from, String to) throws IOException {
      beginChange();
      File file = find(from);
      note("rename to", to);
      change(
          all -> {
            all.remove(from, file);
            all.put(to, file);
          });
      life.step();
    }

    @Override
    public void delete(String name) throws IOException {
      beginChange();
      note("delete", name);
      room += names.containsKey(name) ? BLOCK : 0;
      change(all -> all.remove(name));
      life.step();
    }

    @Override
    public void sync() throws IOException {
      life.step();
      if (state == State.READ_ONLY || state == State.FAILING) {
        world.count(Mishap.SYNC_FAILED, who);
        throw fail("Input/output error");
      }
      if (world.plant != Plant.SKIPPED_NAME_SYNC) {
        durableNames = new TreeMap<>(names);
        unsyncedNames.clear();
      }
      life.step();
    }

    private void note(String what, String name) {
      world.trace.event(world.time.nanos(), who, what, name);
    }

    private void beginChange() throws IOException {
      life.step();
      if (state == State.READ_ONLY) {
        throw fail("Read-only file system");
      }
    }

    private File find(String name) throws IOException {
      File file = names.get(name);
      if (file == null) {
        throw new NoSuchFileException(name);
      }
      return file;
    }
  }

  private IOException fail(String reason) {
    failedAtNanos = Optional.of(world.time.nanos());
    return new IOException(reason);
  }

  private final class Stream implements Directory.Output {
    private final Life life;
    private final File file;

    Stream(Life life, File file) {
      this.life = life;
      this.file = file;
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
      if (life.endsNow()) {
        file.write(bytes, world.random.nextInt(bytes.remaining() + 1));
      }
      life.step();
      if (state == State.READ_ONLY) {
        throw fail("Read-only file system");
      }
      if (state == State.FULL && room < bytes.remaining()) {
        room = 0;
        file.write(bytes, world.random.nextInt(bytes.remaining() + 1));
        throw fail("No space left on device");
      }
      room -= state == State.FULL ? bytes.remaining() : 0;
      file.write(bytes, bytes.remaining());
      life.step();
    }

    @Override
    public void force() throws IOException {
      life.step();
      if (state == State.FAILING) {
        world.count(Mishap.SYNC_FAILED, who);
        file.doomed = true;
        throw fail("Input/output error");
      }
      if (world.plant != Plant.SKIPPED_SYNC) {
        file.sync();
      }
      life.step();
    }

    @Override
    public void close() {}
  }
}
