// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.spool;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Files in memory that never fail. */
final class MemoryDirectory implements Directory {
  private final Map<String, byte[]> files = new TreeMap<>();

  static MemoryDirectory of(Map<String, byte[]> files) {
    var directory = new MemoryDirectory();
    directory.files.putAll(files);
    return directory;
  }

  /** All files and what is in them. */
  Map<String, byte[]> files() {
    return new TreeMap<>(files);
  }

  @Override
  public List<String> names() {
    return List.copyOf(files.keySet());
  }

  @Override
  public byte[] read(String name) throws NoSuchFileException {
    return found(name).clone();
  }

  @Override
  public long size(String name) throws NoSuchFileException {
    return found(name).length;
  }

  @Override
  public Output create(String name) {
    files.put(name, new byte[0]);
    return new File(name);
  }

  @Override
  public Output append(String name) throws NoSuchFileException {
    found(name);
    return new File(name);
  }

  @Override
  public void rename(String from, String to) throws NoSuchFileException {
    byte[] bytes = found(from);
    files.remove(from);
    files.put(to, bytes);
  }

  @Override
  public void delete(String name) {
    files.remove(name);
  }

  @Override
  public void sync() {}

  private byte[] found(String name) throws NoSuchFileException {
    byte[] bytes = files.get(name);
    if (bytes == null) {
      throw new NoSuchFileException(name);
    }
    return bytes;
  }

  /** Writes go to whatever has the name when the file was opened: nobody renames an open file. */
  private final class File implements Output {
    private final String name;

    File(String name) {
      this.name = name;
    }

    @Override
    public void write(ByteBuffer bytes) throws NoSuchFileException {
      var out = new ByteArrayOutputStream();
      out.writeBytes(found(name));
      byte[] more = new byte[bytes.remaining()];
      bytes.get(more);
      out.writeBytes(more);
      files.put(name, out.toByteArray());
    }

    @Override
    public void force() {}

    @Override
    public void close() {}

    @Override
    public String toString() {
      return name + " " + Arrays.toString(files.get(name));
    }
  }
}
