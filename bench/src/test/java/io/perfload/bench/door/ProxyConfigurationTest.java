// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProxyConfigurationTest {
  private final InetSocketAddress listen = at(7000);
  private final List<InetSocketAddress> workers = List.of(at(7001), at(7002));

  @Test
  void haproxyIsStickyBySourceOnOneThread() {
    String text = new HaproxyConfiguration(listen, workers, 8256).text();

    assertThat(text)
        .isEqualTo(
            """
            global
              nbthread 1
              maxconn 8256
            defaults
              mode tcp
              timeout connect 5s
              timeout client 1h
              timeout server 1h
            listen door
              bind 127.0.0.1:7000 backlog 4096
              balance source
              hash-type consistent
              server worker-0 127.0.0.1:7001
              server worker-1 127.0.0.1:7002
            """);
  }

  @Test
  void nginxIsStickyByAddressInOneProcess() {
    String text = nginx(Optional.empty()).text();

    assertThat(text)
        .startsWith("daemon off;\nworker_processes 1;\n")
        .contains("worker_rlimit_nofile 264;")
        .contains("worker_connections 264;")
        .contains("pid /tmp/bench/nginx.pid;")
        .contains("hash $remote_addr consistent;")
        .contains("server 127.0.0.1:7001 max_fails=0;")
        .contains("server 127.0.0.1:7002 max_fails=0;")
        .contains("listen 127.0.0.1:7000 backlog=4096;");
    assertThat(text.chars().filter(c -> c == '{').count())
        .isEqualTo(text.chars().filter(c -> c == '}').count());
  }

  @Test
  void nginxLoadsTheStreamModuleWhereItIsAFile() {
    String text = nginx(Optional.of(Path.of("/lib/ngx_stream_module.so"))).text();

    assertThat(text).startsWith("load_module /lib/ngx_stream_module.so;\ndaemon off;\n");
  }

  private NginxConfiguration nginx(Optional<Path> module) {
    return new NginxConfiguration(listen, workers, 100, module, Path.of("/tmp/bench"));
  }

  private static InetSocketAddress at(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }
}
