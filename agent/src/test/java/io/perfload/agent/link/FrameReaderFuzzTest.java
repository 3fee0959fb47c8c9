// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.link;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.perfload.common.bytes.ByteWriter;
import io.perfload.common.bytes.Malformed;
import io.perfload.common.wire.FrameKind;
import io.perfload.common.wire.WorkerMessage;
import io.perfload.common.wire.WorkerMessageCodec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Any bytes as what a worker sends; the first two bytes of an input say how the rest is cut. */
class FrameReaderFuzzTest {
  @MethodSource
  @FuzzTest
  void bytesSayTheSameHoweverTheyAreCut(byte[] input) throws IOException {
    if (input.length < 2) {
      return;
    }
    byte[] stream = Arrays.copyOfRange(input, 2, input.length);
    var random = new SplittableRandom(((input[0] & 0xff) << 8) | (input[1] & 0xff));
    int most = 1 << random.nextInt(10);

    assertThat(heard(stream, () -> 1 + random.nextInt(most)))
        .isEqualTo(heard(stream, () -> stream.length));
  }

  static Stream<byte[]> bytesSayTheSameHoweverTheyAreCut() {
    var refusal = new WorkerMessage.Refusal(5, "time: too old");
    return Stream.of(
        seed(new WorkerMessage.Welcome("node-1", 3, 1_800_000_000_000L, 16)),
        seed(
            new WorkerMessage.Ack(7, List.of(refusal, refusal), 4),
            new WorkerMessage.Ack(9, List.of(), 1 << 16)),
        seed(new WorkerMessage.Ping(-1), new WorkerMessage.Pong(1, 2)),
        seed(new WorkerMessage.Failure("draining", "This worker stops; connect again.")));
  }

  private static byte[] seed(WorkerMessage... messages) {
    var out = new ByteWriter().u8(0).u8(3);
    for (WorkerMessage message : messages) {
      WorkerMessageCodec.encode(message, out);
    }
    return out.toByteArray();
  }

  private static List<String> heard(byte[] stream, IntSupplier lengths) throws IOException {
    List<String> said = new ArrayList<>();
    var reader = new FrameReader();
    try (var worker = new Pieces(stream, lengths)) {
      while (reader.fill(worker) >= 0) {
        for (Optional<WorkerMessage> next = reader.next(); next.isPresent(); next = reader.next()) {
          said.add(saidAgain(next.get()));
        }
      }
    } catch (Malformed e) {
      said.add("malformed " + e.fault());
    }
    return said;
  }

  private static String saidAgain(WorkerMessage message) throws Malformed {
    var out = new ByteWriter();
    WorkerMessageCodec.encode(message, out);
    ByteBuffer frame = out.view();
    FrameKind kind = FrameKind.of(frame.getInt() & 0xffff_ffffL, frame.get());
    assertThat(WorkerMessageCodec.decode(kind, frame)).isEqualTo(message);
    return message.toString();
  }

  /** A connection that gives a few bytes at a time. */
  private static final class Pieces implements ReadableByteChannel {
    private final ByteBuffer bytes;
    private final IntSupplier lengths;

    Pieces(byte[] stream, IntSupplier lengths) {
      bytes = ByteBuffer.wrap(stream);
      this.lengths = lengths;
    }

    @Override
    public int read(ByteBuffer into) {
      if (!bytes.hasRemaining()) {
        return -1;
      }
      int length = Math.min(Math.min(lengths.getAsInt(), bytes.remaining()), into.remaining());
      assertThat(length).as("room for more").isPositive();
      into.put(bytes.slice(bytes.position(), length));
      bytes.position(bytes.position() + length);
      return length;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }
}
