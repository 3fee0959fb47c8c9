// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.common.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Fetches secrets from where they are kept, so that command lines and files need not hold them. */
final class Secret {
  private static final String ENV = "env:";
  private static final String FILE = "file:";

  private Secret() {}

  /** Returns what {@code text} stands for: {@code env:NAME}, {@code file:PATH}, or itself. */
  static String resolve(String text) throws Unavailable {
    if (text.startsWith(ENV)) {
      String name = text.substring(ENV.length());
      String value = System.getenv(name);
      if (value == null) {
        throw new Unavailable("the environment variable " + name + " is not set");
      }
      return value;
    }
    if (text.startsWith(FILE)) {
      return read(Path.of(text.substring(FILE.length())));
    }
    return text;
  }

  private static String read(Path file) throws Unavailable {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
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
