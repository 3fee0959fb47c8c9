// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.adopt;

import static io.perfload.worker.adopt.DoorRig.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first law of the house, as the kernel sees it. Needs {@code strace}. */
class SilentMasterIT {
  private static final int CLIENTS = 300;
  private static final String CALLS =
      "trace=accept4,read,readv,recvfrom,recvmsg,write,writev,sendto,sendmsg,sendmmsg,close";

  @Test
  void theMasterAcceptsAndClosesAndNeverReadsOrWrites(@TempDir Path directory) throws Exception {
    Path trace = directory.resolve("trace");
    try (var rig = new DoorRig(directory)) {
      int port = DoorRig.freePort();
      rig.masterProcess(port, List.of("strace", "-f", "-qq", "-o", trace.toString(), "-e", CALLS));
      rig.externalWorker(List.of());
      for (int i = 0; i < CLIENTS; i++) {
        try (Client client = Client.connect(port, Client.address(i))) {
          client.ask();
        }
      }

      await().atMost(SOON).until(() -> Watch.of(trace).closed >= CLIENTS);

      Watch watch = Watch.of(trace);
      assertThat(watch.touched).isEmpty();
      assertThat(watch.open).isEmpty();
    }
  }

  /** Follows the descriptors of accepted TCP connections through a trace. */
  private static final class Watch {
    private static final Pattern CALL = Pattern.compile("^(\\w+)\\((\\d+).*= (-?\\d+)");
    private static final String UNFINISHED = " <unfinished ...>";

    final Set<Integer> open = new HashSet<>();
    final List<String> touched = new ArrayList<>();
    private final Map<String, String> begun = new HashMap<>();
    int closed;

    static Watch of(Path trace) throws IOException {
      var watch = new Watch();
      Files.readAllLines(trace).forEach(watch::line);
      return watch;
    }

    private void line(String line) {
      String[] words = line.split("\\s+", 2);
      String call = words.length < 2 ? "" : words[1];
      if (call.endsWith(UNFINISHED)) {
        begun.put(words[0], call.substring(0, call.length() - UNFINISHED.length()));
        return;
      }
      Matcher resumed = Pattern.compile("^<\\.\\.\\. \\w+ resumed>(.*)").matcher(call);
      Matcher whole =
          CALL.matcher(
              resumed.matches() ? begun.getOrDefault(words[0], "") + resumed.group(1) : call);
      if (whole.find()) {
        call(call, whole.group(1), Integer.parseInt(whole.group(2)), whole.group(3));
      }
    }

    private void call(String line, String name, int descriptor, String result) {
      if (name.equals("accept4")) {
        if (line.contains("sin_port") || line.contains("sin6_port")) {
          open.add(Integer.valueOf(result));
        }
      } else if (open.contains(descriptor)) {
        if (name.equals("close")) {
          open.remove(descriptor);
          closed++;
        } else {
          touched.add(line);
        }
      }
    }
  }
}
