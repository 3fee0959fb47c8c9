// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.common.bytes;

import java.util.Locale;

/** What was wrong with bytes that a peer sent: the reason under which they are counted. */
public enum Fault {
  /** The first bytes are of no protocol we speak. */
  MAGIC,
  /** A version we do not know. */
  VERSION,
  /** A kind of frame we do not know. */
  KIND,
  /** A length over its limit. */
  LENGTH,
  /** Fewer bytes than were announced. */
  TRUNCATED,
  /** More bytes than were needed. */
  TRAILING,
  /** A count larger than its limit or than the bytes that are there. */
  COUNT,
  /** A value outside its range. */
  VALUE,
  /** Text that is not UTF-8 or not allowed. */
  TEXT,
  /** A time too far from now. */
  TIME,
  /** A frame that may not come at this point of the conversation. */
  ORDER,
  /** Bytes that do not match their checksum. */
  CHECKSUM,
  /** No whole frame within the time allowed. */
  SLOW;

  /** Lower-case form for counters and answers. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
