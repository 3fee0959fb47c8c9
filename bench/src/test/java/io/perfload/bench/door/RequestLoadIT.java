// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.perfload.bench.fleet.AddressRange;
import io.perfload.bench.process.FreePort;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestLoadIT {
  private static final AddressRange LOOPBACK = new AddressRange(0x7f00_0000, 8);

  @ParameterizedTest
  @CsvSource({"false,true", "false,false", "true,true", "true,false"})
  void everyRequestThatIsSentIsAnsweredAndCounted(boolean kept, boolean reset) throws Exception {
    try (var target = new AliveTarget(AliveTarget.ALIVE);
        var load = new RequestLoad(plan(target.address(), kept, reset))) {
      load.start();
      await().until(() -> load.counts().answered() > 2000);
      LoadCounts all = load.stop();

      assertThat(all.failed()).isZero();
      assertThat(all.sent()).isEqualTo(all.answered());
      assertThat(load.latency().getTotalCount()).isEqualTo(all.answered());
    }
  }

  @Test
  void aRefusalIsCountedAndTheLoadGoesOn() throws Exception {
    try (var load = new RequestLoad(plan(FreePort.onLoopback(), false, true))) {
      load.start();
      await().until(() -> load.counts().failed() > 20);
      LoadCounts all = load.stop();

      assertThat(all.answered()).isZero();
      assertThat(all.sent()).isEqualTo(all.failed());
    }
  }

  @Test
  void anAnswerThatIsNoSuccessIsAFailure() throws Exception {
    try (var target = new AliveTarget("HTTP/1.1 503 Busy\r\ncontent-length: 0\r\n\r\n");
        var load = new RequestLoad(plan(target.address(), true, true))) {
      load.start();
      await().until(() -> load.counts().failed() > 20);

      assertThat(load.stop().answered()).isZero();
    }
  }

  private static LoadPlan plan(InetSocketAddress server, boolean kept, boolean reset) {
    return new LoadPlan(server, LOOPBACK, 8, kept, reset);
  }
}
