// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.probe;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * A file that the kernel writes as it is read, such as those below /proc. It is kept open and read
 * again from its beginning, which is much cheaper than to open it each time; after an error it is
 * opened anew. Confined to one thread.
 */
final class KernelFile implements TextSource {
  /** As long as such a file may be; what follows is not looked at. */
  private static final int MAX_BYTES = 1 << 20;

  private final String path;
  private final TextLines lines = new TextLines();
  private Optional<RandomAccessFile> file = Optional.empty();
  private byte[] text = new byte[4096];

  KernelFile(Path path) {
    this.path = path.toString();
  }

  @Override
  public TextLines read() throws IOException {
    try {
      return lines.reset(text, readAll());
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  private int readAll() throws IOException {
    RandomAccessFile open = open();
    open.seek(0);
    int length = 0;
    while (true) {
      int read = open.read(text, length, text.length - length);
      if (read <= 0) {
        return length;
      }
      length += read;
      if (length == text.length) {
        if (length >= MAX_BYTES) {
          return length;
        }
        text = Arrays.copyOf(text, length * 2);
      }
    }
  }

  private RandomAccessFile open() throws IOException {
    if (file.isEmpty()) {
      file = Optional.of(new RandomAccessFile(path, "r"));
    }
    return file.get();
  }

  private void close() {
    if (file.isPresent()) {
      try {
        file.get().close();
      } catch (IOException e) {
        // it could not be read either, which is what the caller gets to know
      }
      file = Optional.empty();
    }
  }
}
