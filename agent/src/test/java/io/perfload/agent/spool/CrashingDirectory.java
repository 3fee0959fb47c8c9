// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.spool;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * A directory in memory whose process or machine can end at any operation. After the end of the
 * process all that was written is there; after that of the machine, what was not synced may be
 * there, gone, torn or come in another order. Confined to one thread.
 */
public final class CrashingDirectory implements Directory {
  private static final int SECTOR = 512;

  private final TreeMap<String, File> names = new TreeMap<>();
  private final List<Change> unsynced = new ArrayList<>();
  private TreeMap<String, File> durable = new TreeMap<>();
  private long operations;
  private long crashAt = Long.MAX_VALUE;
  private boolean full;

  /** The machine's or the process' end; whoever gets it does nothing any more. */
  public static final class Crash extends Error {
    private static final long serialVersionUID = 1;

    Crash() {
      super("crashed", null, false, false);
    }
  }

  /** Operations that change something, so far. */
  public long operations() {
    return operations;
  }

  /** Ends everything at the operation of that number, counted from 1; that one is half done. */
  public CrashingDirectory crashAt(long operation) {
    crashAt = operation;
    return this;
  }

  /** From now on no byte can be written, or can again. */
  public void full(boolean on) {
    full = on;
  }

  /** What the next process finds. */
  public CrashingDirectory afterProcess() {
    var next = new CrashingDirectory();
    names.forEach((name, file) -> next.put(name, file.written.toByteArray()));
    return next;
  }

  /** What the next boot finds, as chance has it. */
  public CrashingDirectory afterMachine(RandomGenerator chance) {
    TreeMap<String, File> left = new TreeMap<>(durable);
    for (Change change : unsynced) {
      if (chance.nextInt(3) > 0) {
        change.apply(left);
      }
    }
    var next = new CrashingDirectory();
    left.forEach((name, file) -> next.put(name, file.afterMachine(chance)));
    return next;
  }

  /** Changes what a file has. */
  public void overwrite(String name, byte[] bytes) {
    put(name, bytes);
  }

  @Override
  public List<String> names() {
    return List.copyOf(names.keySet());
  }

  @Override
  public byte[] read(String name) throws IOException {
    return file(name).written.toByteArray();
  }

  @Override
  public long size(String name) throws IOException {
    return file(name).written.size();
  }

  @Override
  public Output create(String name) throws IOException {
    step(() -> {});
    if (full) {
      throw new IOException("No space left on device");
    }
    var file = new File();
    change(all -> all.put(name, file));
    return new FileOutput(file);
  }

  @Override
  public Output append(String name) throws IOException {
    return new FileOutput(file(name));
  }

  @Override
  public void rename(String from, String to) throws IOException {
    step(() -> {});
    File file = file(from);
    change(
        all -> {
          if (all.get(from) == file) {
            all.remove(from);
            all.put(to, file);
          }
        });
  }

  @Override
  public void delete(String name) {
    step(() -> {});
    if (names.containsKey(name)) {
      File file = names.get(name);
      change(all -> all.remove(name, file));
    }
  }

  @Override
  public void sync() {
    step(() -> {});
    durable = new TreeMap<>(names);
    unsynced.clear();
  }

  private void put(String name, byte[] bytes) {
    var file = new File();
    file.written.writeBytes(bytes);
    file.forced = bytes.length;
    names.put(name, file);
    durable.put(name, file);
  }

  private void change(Change change) {
    change.apply(names);
    unsynced.add(change);
  }

  private File file(String name) throws IOException {
    File file = names.get(name);
    if (file == null) {
      throw new NoSuchFileException(name);
    }
    return file;
  }

  private void step(Runnable half) {
    operations++;
    if (operations >= crashAt) {
      if (operations == crashAt) {
        half.run();
      }
      throw new Crash();
    }
  }

  private interface Change {
    void apply(TreeMap<String, File> names);
  }

  private static final class File {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private int forced;

    /** Unforced bytes: a part of them, cut anywhere, some sectors never written. */
    private byte[] afterMachine(RandomGenerator chance) {
      byte[] all = written.toByteArray();
      byte[] left = Arrays.copyOf(all, forced + chance.nextInt(all.length - forced + 1));
      for (int sector = forced; sector < left.length; sector += SECTOR) {
        if (chance.nextInt(4) == 0) {
          Arrays.fill(left, sector, Math.min(left.length, sector + SECTOR), (byte) 0);
        }
      }
      return left;
    }
  }

  private final class FileOutput implements Output {
    private final File file;

    FileOutput(File file) {
      this.file = file;
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
      byte[] all = new byte[bytes.remaining()];
      bytes.get(all);
      step(() -> file.written.write(all, 0, all.length / 2));
      if (full) {
        file.written.write(all, 0, all.length / 2);
        throw new IOException("No space left on device");
      }
      file.written.writeBytes(all);
    }

    @Override
    public void force() {
      step(() -> {});
      file.forced = file.written.size();
    }

    @Override
    public void close() {}
  }
}
