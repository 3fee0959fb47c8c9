// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.master;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Cuts a command line into words, as a shell would: blanks divide, quotes hold together. */
final class CommandWords {
  private static final char NONE = 0;

  private CommandWords() {}

  /** Returns the words; nothing if there is none, or a quote is not closed. */
  static Optional<List<String>> of(String line) {
    List<String> words = new ArrayList<>();
    var word = new StringBuilder();
    boolean inWord = false;
    char quote = NONE;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (quote != NONE) {
        if (c == quote) {
          quote = NONE;
        } else {
          word.append(c);
        }
      } else if (c == '"' || c == '\'') {
        quote = c;
        inWord = true;
      } else if (!Character.isWhitespace(c)) {
        word.append(c);
        inWord = true;
      } else if (inWord) {
        words.add(word.toString());
        word.setLength(0);
        inWord = false;
      }
    }
    if (inWord) {
      words.add(word.toString());
    }
    return words.isEmpty() || quote != NONE ? Optional.empty() : Optional.of(List.copyOf(words));
  }
}
