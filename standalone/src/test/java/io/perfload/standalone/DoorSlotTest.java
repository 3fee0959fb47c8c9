// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DoorSlotTest {
  @Test
  void readsWhatTheDoorTells() {
    String json =
        """
        {"node":"n","accepted":12,"refused":0,"queued":0,"slots":[
          {"slot":0,"pid":41,"state":"live","connections":7,"adopted":9,"restarts":0},
          {"slot":1,"pid":42,"state":"live","connections":3000000000,"adopted":0,"restarts":2}]}
        """;

    assertThat(DoorSlot.read(json))
        .containsExactly(
            new DoorSlot(0, 41, "live", 7), new DoorSlot(1, 42, "live", 3_000_000_000L));
  }

  @Test
  void anythingElseIsNoSlot() {
    assertThat(DoorSlot.read("")).isEmpty();
    assertThat(DoorSlot.read("<html>")).isEmpty();
    assertThat(DoorSlot.read("{\"slots\":[{\"slot\":\"x\"}, 3]}")).isEmpty();
    assertThat(DoorSlot.read("{: [")).isEmpty();
  }
}
