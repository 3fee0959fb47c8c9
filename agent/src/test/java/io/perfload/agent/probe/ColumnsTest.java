// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.perfload.common.model.Catalogue;
import io.perfload.common.model.Sample;
import io.perfload.common.model.SeriesSet;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ColumnsTest {
  @Test
  void setStaysTheSameObjectWhileNothingComesOrGoes() {
    var columns = new Columns();
    columns.of(Catalogue.LOAD_1M).set(1.5);
    columns.take();
    SeriesSet before = columns.set();

    columns.of(Catalogue.LOAD_1M).set(2.5);
    columns.take();

    assertThat(columns.set()).isSameAs(before);
  }

  @Test
  void valueThatWasNotSetIsAbsent() {
    var columns = new Columns();
    columns.of(Catalogue.LOAD_1M).set(1.5);
    columns.of(Catalogue.UPTIME).set(Double.NaN);

    assertThat(columns.take()).containsExactly(150, Sample.ABSENT);
    assertThat(columns.take()).containsExactly(Sample.ABSENT, Sample.ABSENT);
  }

  @Test
  void columnNobodyUsesIsGivenUpAndMayComeBack() {
    var columns = new Columns();
    columns.of(Catalogue.LOAD_1M).set(1);
    for (int round = 0; round <= Columns.KEPT_ROUNDS; round++) {
      columns.of(Catalogue.UPTIME).set(round);
      columns.take();
    }
    columns.take();

    assertThat(columns.set().size()).isEqualTo(1);
    columns.of(Catalogue.LOAD_1M).set(1);
    columns.take();
    assertThat(columns.set().size()).isEqualTo(2);
  }

  @Test
  void instanceMayHaveAnyName() {
    var columns = new Columns();
    String awkward = "/mnt/" + "x".repeat(300) + "\u0007end";

    columns.of(Catalogue.DISK_USED, awkward).set(1);
    columns.take();

    assertThat(columns.set().series().get(0).instance()).hasSize(128).endsWith("?end");
  }

  @Test
  void probeThatFailsLeavesTheOthersAlone() {
    var failing =
        new Probe() {
          @Override
          public String subject() {
            return "nothing";
          }

          @Override
          public void read(Columns columns, long nanoTime) throws IOException {
            throw new IOException("broken");
          }
        };
    var load = new LoadProbe(() -> Fixture.text("1.00 2.00 3.00 1/1 1\n"));
    var probes = new Probes(List.of(failing, load));

    assertThat(Fixture.take(probes.read(0))).hasSize(3);
    assertThat(Fixture.take(probes.read(1))).hasSize(3);
    assertThat(probes.failures()).isEqualTo(2);
  }
}
