// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.probe;

import java.util.regex.Pattern;

/** What the names of block devices tell, where there is nothing else to go by. */
final class DiskNames {
  private static final Pattern WHOLE_DISK =
      Pattern.compile("(s|h|v|xv)d[a-z]+|nvme\\d+n\\d+|mmcblk\\d+|pmem\\d+|dasd[a-z]+");

  private DiskNames() {}

  /** Whether this is the name of a disk: no partition, and no device made of others. */
  static boolean isWholeDisk(String name) {
    return WHOLE_DISK.matcher(name).matches();
  }
}
