// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ResponseScannerTest {
  private static final String ANSWER = "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n";

  private final ResponseScanner scanner = new ResponseScanner();

  @Property
  void anAnswerEndsWhereItEndsHoweverItComes(@ForAll @IntRange(min = 1, max = 37) int cut) {
    var fresh = new ResponseScanner();

    assertThat(fresh.read(bytes(ANSWER.substring(0, cut)))).isFalse();
    assertThat(fresh.read(bytes(ANSWER.substring(cut)))).isTrue();
    assertThat(fresh.success()).isTrue();
  }

  @Test
  void theNextAnswerIsReadFromItsFirstByte() {
    ByteBuf two = bytes(ANSWER + ANSWER.replace("200", "404"));

    assertThat(scanner.read(two)).isTrue();
    assertThat(scanner.success()).isTrue();
    assertThat(scanner.read(two)).isTrue();
    assertThat(scanner.success()).isFalse();
    assertThat(two.isReadable()).isFalse();
  }

  @Test
  void nothingIsNoAnswer() {
    assertThat(scanner.read(Unpooled.EMPTY_BUFFER)).isFalse();
  }

  private static ByteBuf bytes(String text) {
    return Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.US_ASCII));
  }
}
