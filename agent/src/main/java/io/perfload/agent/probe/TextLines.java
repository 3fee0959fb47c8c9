// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.probe;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Walks through a text of lines of blank-separated words, as the kernel writes them, without making
 * objects of what it passes. Confined to one thread; used again after {@link #reset}.
 */
final class TextLines {
  private byte[] text = new byte[0];
  private int end;
  private int lineEnd;
  private int nextLine;
  private int at;

  /** Begins before the first line of the first {@code length} bytes of {@code text}. */
  TextLines reset(byte[] text, int length) {
    this.text = text;
    end = length;
    nextLine = 0;
    at = 0;
    lineEnd = 0;
    return this;
  }

  /** Moves to the beginning of the next line; false when there is none. */
  boolean next() {
    if (nextLine >= end) {
      return false;
    }
    at = nextLine;
    lineEnd = at;
    while (lineEnd < end && text[lineEnd] != '\n') {
      lineEnd++;
    }
    nextLine = lineEnd + 1;
    return true;
  }

  /** Steps over {@code prefix} if it comes next. */
  boolean skip(String prefix) {
    if (!isNext(prefix)) {
      return false;
    }
    at += prefix.length();
    return true;
  }

  /** Steps over the next word. */
  TextLines skipWord() {
    skipBlanks();
    at = wordEnd();
    return this;
  }

  /** Steps over the next {@code count} words. */
  TextLines skipWords(int count) {
    for (int i = 0; i < count; i++) {
      skipWord();
    }
    return this;
  }

  /** Whether the next word is {@code word}; steps over it if so. */
  boolean skipWord(String word) {
    skipBlanks();
    if (wordEnd() - at != word.length() || !isNext(word)) {
      return false;
    }
    at += word.length();
    return true;
  }

  /** Takes the next word; empty at the end of the line. */
  String word() {
    skipBlanks();
    int start = at;
    at = wordEnd();
    return new String(text, start, at - start, StandardCharsets.UTF_8);
  }

  /** Steps over {@code name}, which may have blanks before it, if it comes next. */
  boolean skipName(String name) {
    skipBlanks();
    return skip(name);
  }

  /** Takes what comes before the first {@code end} of the line, and steps over that. */
  String nameBefore(char end) {
    skipBlanks();
    int start = at;
    int nameEnd = start;
    while (nameEnd < lineEnd && text[nameEnd] != end) {
      nameEnd++;
    }
    at = Math.min(nameEnd + 1, lineEnd);
    return new String(text, start, nameEnd - start, StandardCharsets.UTF_8);
  }

  /** Takes what is left of the line, without blanks around it. */
  String rest() {
    String rest = new String(text, at, lineEnd - at, StandardCharsets.UTF_8).strip();
    at = lineEnd;
    return rest;
  }

  /** Whether another word follows on this line. */
  boolean hasWord() {
    skipBlanks();
    return at < lineEnd;
  }

  /**
   * Takes a whole number without a sign. One over the range of a signed long comes out as its
   * unsigned bits, so that differences stay right.
   */
  long number() throws IOException {
    skipBlanks();
    int start = at;
    long value = 0;
    while (at < lineEnd && text[at] >= '0' && text[at] <= '9') {
      value = value * 10 + (text[at++] - '0');
    }
    if (at == start) {
      throw new IOException("no number in '" + line() + "'");
    }
    return value;
  }

  /** Takes a number that may have a fraction. */
  double decimal() throws IOException {
    double value = number();
    if (at < lineEnd && text[at] == '.') {
      int start = ++at;
      double fraction = number();
      value += fraction / Math.pow(10, at - start);
    }
    return value;
  }

  /** The whole line, for messages. */
  String line() {
    int start = lineEnd;
    while (start > 0 && text[start - 1] != '\n') {
      start--;
    }
    return new String(text, start, Math.min(lineEnd - start, 200), StandardCharsets.UTF_8);
  }

  private boolean isNext(String wanted) {
    if (lineEnd - at < wanted.length()) {
      return false;
    }
    for (int i = 0; i < wanted.length(); i++) {
      if (text[at + i] != wanted.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private void skipBlanks() {
    while (at < lineEnd && isBlank(text[at])) {
      at++;
    }
  }

  private int wordEnd() {
    int wordEnd = at;
    while (wordEnd < lineEnd && !isBlank(text[wordEnd])) {
      wordEnd++;
    }
    return wordEnd;
  }

  private static boolean isBlank(byte character) {
    return character == ' ' || character == '\t';
  }
}
