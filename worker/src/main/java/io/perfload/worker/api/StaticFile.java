// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.api;

import java.util.Optional;

/** One file of the client. Only equal to itself; nobody changes its bytes. */
final class StaticFile {
  private final String contentType;
  private final byte[] plain;
  private final Optional<byte[]> packed;
  private final String tag;

  StaticFile(String contentType, byte[] plain, Optional<byte[]> packed, String tag) {
    this.contentType = contentType;
    this.plain = plain;
    this.packed = packed;
    this.tag = tag;
  }

  String contentType() {
    return contentType;
  }

  byte[] plain() {
    return plain;
  }

  Optional<byte[]> packed() {
    return packed;
  }

  /** Changes with the content; without quotes. */
  String tag() {
    return tag;
  }
}
