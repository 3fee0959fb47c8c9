// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.link;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.perfload.common.bytes.Fault;
import io.perfload.common.bytes.Malformed;
import io.perfload.common.wire.FrameKind;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FrameReaderTest {
  @ParameterizedTest
  @EnumSource(
      value = FrameKind.class,
      names = {"HELLO", "HOST", "SERIES", "SAMPLE", "CHUNK", "GOODBYE", "GAP", "SPOOL"})
  void frameThatOnlyAgentsSendIsRefusedByItsHeader(FrameKind kind) throws Exception {
    byte[] header = ByteBuffer.allocate(5).putInt(2).put((byte) kind.code()).array();
    var reader = new FrameReader();
    reader.fill(Channels.newChannel(new ByteArrayInputStream(header)));

    assertThatThrownBy(reader::next)
        .asInstanceOf(InstanceOfAssertFactories.throwable(Malformed.class))
        .extracting(Malformed::fault)
        .isEqualTo(Fault.KIND);
  }
}
