// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.common.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Fetches secrets from where they are kept, so that command lines and files need not hold them. */
final class Secret {
  private static final String ENV = "env:";
  private static final String FILE = "file:";
  private static final int MAX_BYTES = 64 << 10;

  private Secret() {}

  static List<String> resolve(List<String> texts) throws Unavailable {
    List<String> plain = new ArrayList<>();
    for (String text : texts) {
      plain.add(resolve(text));
    }
    return plain;
  }

  /** Returns what {@code text} stands for: {@code env:NAME}, {@code file:PATH}, or itself. */
  private static String resolve(String text) throws Unavailable {
    if (text.startsWith(ENV)) {
      String name = text.substring(ENV.length());
      String value = System.getenv(name);
      if (value == null) {
        throw new Unavailable("the environment variable " + name + " is not set");
      }
      return value;
    }
    if (text.startsWith(FILE)) {
      return read(text.substring(FILE.length()));
    }
    return text;
  }

  private static String read(String file) throws Unavailable {
    try (InputStream in = Files.newInputStream(Path.of(file))) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new Unavailable("the file " + file + " is longer than any secret");
      }
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString().strip();
    } catch (IOException | InvalidPathException e) {
      throw new Unavailable("the file " + file + " cannot be read");
    }
  }

  /** The place a secret was said to be in does not have it. */
  static final class Unavailable extends Exception {
    Unavailable(String message) {
      super(message);
    }
  }
}
