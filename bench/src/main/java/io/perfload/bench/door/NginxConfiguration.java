// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.door;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * nginx's stream proxy as the fair opponent: one worker process, sticky by a consistent hash of the
 * client's address.
 *
 * @param module the stream module, where it is not built in
 * @param directory where it may write
 * @param connections as many clients as it must hold at once
 */
record NginxConfiguration(
    InetSocketAddress listen,
    List<InetSocketAddress> workers,
    int connections,
    Optional<Path> module,
    Path directory) {
  private static final int SPARE = 64;

  /** The text of its file. */
  String text() {
    var text = new StringBuilder();
    module.ifPresent(path -> text.append("load_module %s;%n".formatted(path)));
    text.append(
        """
        daemon off;
        worker_processes 1;
        worker_rlimit_nofile %d;
        pid %s;
        error_log stderr crit;
        events {
          worker_connections %d;
        }
        stream {
          upstream workers {
            hash $remote_addr consistent;
        """
            .formatted(
                2 * connections + SPARE, directory.resolve("nginx.pid"), 2 * connections + SPARE));
    workers.forEach(
        worker -> text.append("    server %s max_fails=0;%n".formatted(Addresses.text(worker))));
    text.append(
        """
          }
          server {
            listen %s backlog=4096;
            proxy_pass workers;
            proxy_connect_timeout 5s;
            proxy_timeout 1h;
          }
        }
        """
            .formatted(Addresses.text(listen)));
    return text.toString();
  }
}
