// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.probe;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Where file systems on local disks are mounted, from /proc/self/mountinfo. What is mounted twice
 * (bind mounts, subvolumes) is told once, at its shortest path. Asking any other file system for
 * its size might hang, as a dead NFS server does, so they are left out by their type.
 */
final class Mounts {
  private static final int MAX_MOUNTS = 128;
  private static final Set<String> ON_DISKS =
      Set.of(
          "ext2",
          "ext3",
          "ext4",
          "xfs",
          "btrfs",
          "zfs",
          "f2fs",
          "bcachefs",
          "jfs",
          "reiserfs",
          "nilfs2",
          "vfat",
          "exfat",
          "ntfs",
          "ntfs3",
          "hfsplus",
          "ufs",
          "ubifs");

  private final Predicate<String> directory;

  /**
   * Looks for mounts.
   *
   * @param directory tells whether a path is a directory: single files can be mounted too, and have
   *     no size of their own
   */
  Mounts(Predicate<String> directory) {
    this.directory = directory;
  }

  /**
   * Returns the paths to ask for sizes, at most {@value #MAX_MOUNTS}; the root alone if no mount is
   * on a local disk, as within a container.
   */
  List<String> paths(TextLines mountinfo) throws IOException {
    Map<String, String> byDevice = new HashMap<>();
    while (mountinfo.next()) {
      readLine(mountinfo, byDevice);
    }
    List<String> paths = new ArrayList<>(byDevice.values());
    paths.sort(null);
    if (paths.isEmpty()) {
      return List.of("/");
    }
    return paths.size() > MAX_MOUNTS ? paths.subList(0, MAX_MOUNTS) : paths;
  }

  /** A line is: id, parent, device, root, path, options, optional fields, "-", type, source, … */
  private void readLine(TextLines line, Map<String, String> byDevice) throws IOException {
    String device = line.skipWords(2).word();
    String path = unescape(line.skipWord().word());
    line.skipWord();
    while (line.hasWord() && !line.skipWord("-")) {
      line.skipWord();
    }
    String type = line.word();
    if (!ON_DISKS.contains(type) || !directory.test(path)) {
      return;
    }
    String key = type.equals("zfs") ? pool(line.word()) : device;
    String known = byDevice.get(key);
    if (known == null || path.length() < known.length()) {
      byDevice.put(key, path);
    }
  }

  /** Every ZFS data set has a device number of its own, but shares the space of its pool. */
  private static String pool(String source) {
    int slash = source.indexOf('/');
    return slash < 0 ? source : source.substring(0, slash);
  }

  /** Blanks, tabs, line ends and backslashes come as a backslash and three octal digits. */
  private static String unescape(String text) {
    if (text.indexOf('\\') < 0) {
      return text;
    }
    byte[] in = text.getBytes(StandardCharsets.UTF_8);
    byte[] out = new byte[in.length];
    int size = 0;
    for (int i = 0; i < in.length; i++) {
      if (in[i] == '\\' && i + 3 < in.length) {
        out[size++] = (byte) ((in[i + 1] - '0') << 6 | (in[i + 2] - '0') << 3 | (in[i + 3] - '0'));
        i += 3;
      } else {
        out[size++] = in[i];
      }
    }
    return new String(out, 0, size, StandardCharsets.UTF_8);
  }
}
