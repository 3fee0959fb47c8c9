// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.embedded.EmbeddedChannel;
import io.perfload.common.bytes.ByteReader;
import io.perfload.common.bytes.ByteWriter;
import io.perfload.common.bytes.Malformed;
import io.perfload.common.model.HostId;
import io.perfload.common.model.LostSamples;
import io.perfload.common.model.Sample;
import io.perfload.common.model.SeriesSet;
import io.perfload.common.model.SpoolReport;
import io.perfload.common.wire.AgentMessage;
import io.perfload.common.wire.AgentMessageDecoder;
import io.perfload.common.wire.FrameKind;
import io.perfload.common.wire.Preface;
import io.perfload.common.wire.SampleDecoder;
import io.perfload.common.wire.SampleEncoder;
import io.perfload.worker.testing.AllocatedBytes;
import io.perfload.worker.testing.Machines;
import io.perfload.worker.testing.TestAgent;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Any bytes as what an agent sends. The first two bytes of an input say how the rest is cut, and
 * where reading pauses; an even first byte has the preface put before the rest.
 */
class AgentFramesFuzzTest {
  private static final int FEW_BYTES = 1 << 20;
  private static final int BYTES_A_BYTE = 128;
  private static final int BYTES_A_PIECE = 2 << 10;

  @MethodSource
  @FuzzTest
  void bytesSayTheSameHoweverTheyAreCut(byte[] input) {
    if (input.length < 2) {
      return;
    }
    byte[] stream = stream(input);
    List<String> whole = heard(stream, () -> stream.length, () -> 0);
    var random = new SplittableRandom(((input[0] & 0xff) << 8) | (input[1] & 0xff));
    int most = 1 << random.nextInt(10);

    List<String> cut =
        heard(stream, () -> 1 + random.nextInt(most), () -> random.nextInt(4) == 0 ? 1 : 0);

    assertThat(cut).isEqualTo(whole);
    long bound = FEW_BYTES + (long) stream.length * (BYTES_A_BYTE + BYTES_A_PIECE);
    assertThat(AllocatedBytes.by(() -> swallow(stream), bound)).isLessThanOrEqualTo(bound);
  }

  static Stream<byte[]> bytesSayTheSameHoweverTheyAreCut() {
    var id = HostId.of(1, 2);
    var encoder = new SampleEncoder(Machines.FORTY.size());
    var first = new ByteWriter();
    encoder.encode(Machines.sample(Machines.FORTY, 1_800_000_000_000L, 0), first);
    var second = new ByteWriter();
    encoder.encode(Machines.sample(Machines.FORTY, 1_800_000_001_000L, 1), second);
    var hello = new AgentMessage.Hello("0.1.0", 5, 1_800_000_000_000L, "token");
    var lost = new LostSamples(-1, 1_000, 61_000, 60, LostSamples.Reason.SPOOL_FULL);
    AgentMessage chunk =
        new AgentMessage.Chunk(
            ByteBuffer.wrap(Machines.chunk(id, Machines.FORTY, 1_800_000_000_000L).bytes()));
    return Stream.of(
        seed(0, hello, new AgentMessage.Host(0, Machines.profile(id, "web-1"))),
        seed(
            2,
            hello,
            new AgentMessage.Series(0, true, Machines.FORTY),
            new AgentMessage.Sample(0, first.view()),
            new AgentMessage.Sample(0, second.view())),
        seed(4, chunk, new AgentMessage.Gap(0, lost), chunk),
        seed(
            6,
            new AgentMessage.Spool(0, new SpoolReport(SpoolReport.State.MEMORY, 3, 1 << 20)),
            new AgentMessage.Ping(7),
            new AgentMessage.Pong(7, 8),
            new AgentMessage.Goodbye("stopping")),
        new byte[] {1, 0, (byte) Preface.FIRST_BYTE, 'P', 'F', 'L', 2});
  }

  private static byte[] seed(int control, AgentMessage... messages) {
    var out = new ByteWriter().u8(control).u8(control);
    for (AgentMessage message : messages) {
      out.bytes(TestAgent.frame(message));
    }
    return out.toByteArray();
  }

  private static byte[] stream(byte[] input) {
    byte[] preface = (input[0] & 1) == 0 ? Preface.bytes() : new byte[0];
    return new ByteWriter().bytes(preface).bytes(input, 2, input.length - 2).toByteArray();
  }

  /** All that is said, in order, then how it ended. */
  private static List<String> heard(byte[] stream, IntSupplier lengths, IntSupplier pauses) {
    var heard = new Heard(pauses);
    var channel = new EmbeddedChannel(new AgentFrames(heard));
    for (int from = 0; from < stream.length; ) {
      int length = Math.min(lengths.getAsInt(), stream.length - from);
      channel.writeInbound(Unpooled.copiedBuffer(stream, from, length));
      from += length;
    }
    heard.goOn();
    channel.close().syncUninterruptibly();
    channel.checkException();
    channel.finishAndReleaseAll();
    return heard.said;
  }

  private static void swallow(byte[] stream) {
    var channel = new EmbeddedChannel(new AgentFrames(new Deaf()));
    for (byte one : stream) {
      channel.writeInbound(Unpooled.wrappedBuffer(new byte[] {one}));
    }
    channel.finishAndReleaseAll();
  }

  private static class Deaf implements FrameListener {
    @Override
    public void opened(ChannelHandlerContext ctx, AgentFrames frames) {}

    @Override
    public void announced(FrameKind kind) {}

    @Override
    public void frame(FrameKind kind, ByteBuffer payload) throws Malformed {}

    @Override
    public void malformed(Malformed cause) {}

    @Override
    public void readComplete() {}

    @Override
    public void writable(boolean writable) {}

    @Override
    public void closed(boolean midFrame) {}
  }

  /** Decodes all it is told, checks that it can be said again, and writes it down. */
  private static final class Heard extends Deaf {
    final List<String> said = new ArrayList<>();
    private final IntSupplier pauses;
    private @Nullable ChannelHandlerContext ctx;
    private @Nullable AgentFrames frames;
    private Optional<SampleStream> samples = Optional.empty();
    private boolean paused;

    Heard(IntSupplier pauses) {
      this.pauses = pauses;
    }

    void goOn() {
      while (paused && ctx != null && frames != null) {
        paused = false;
        frames.resume(ctx);
      }
    }

    @Override
    public void opened(ChannelHandlerContext ctx, AgentFrames frames) {
      this.ctx = ctx;
      this.frames = frames;
    }

    @Override
    public void frame(FrameKind kind, ByteBuffer payload) throws Malformed {
      assertThat(paused).as("paused").isFalse();
      AgentMessage message = AgentMessageDecoder.decode(kind, payload);
      byte[] again = TestAgent.frame(message);
      assertThat(decoded(again)).isEqualTo(message);
      said.add(kind + " " + Arrays.toString(again));
      if (message instanceof AgentMessage.Series series) {
        samples = Optional.of(new SampleStream(series.set()));
      }
      if (message instanceof AgentMessage.Sample sample && samples.isPresent()) {
        said.add(String.valueOf(samples.get().next(sample.delta())));
      }
      if (pauses.getAsInt() > 0 && ctx != null && frames != null) {
        paused = true;
        frames.pause(ctx);
        ctx.executor().execute(this::goOn);
      }
    }

    @Override
    public void malformed(Malformed cause) {
      said.add("malformed " + cause.fault());
    }

    @Override
    public void closed(boolean midFrame) {
      said.add("closed" + (midFrame ? " within a frame" : ""));
    }

    private static AgentMessage decoded(byte[] frame) throws Malformed {
      var bytes = ByteBuffer.wrap(frame);
      FrameKind kind = FrameKind.of(bytes.getInt() & 0xffff_ffffL, bytes.get());
      return AgentMessageDecoder.decode(kind, bytes);
    }
  }

  /**
   * Samples one after the other: each can be encoded again, and a saved decoder goes on as well.
   */
  private static final class SampleStream {
    private final SampleEncoder encoder;
    private final SampleDecoder second;
    private final int columns;
    private SampleDecoder decoder;

    SampleStream(SeriesSet set) {
      columns = set.size();
      encoder = new SampleEncoder(columns);
      second = new SampleDecoder(columns);
      decoder = new SampleDecoder(columns);
    }

    Sample next(ByteBuffer delta) throws Malformed {
      decoder.decode(delta);
      Sample sample = decoder.sample();
      var again = new ByteWriter();
      encoder.encode(sample, again);
      second.decode(again.view());
      assertThat(second.sample()).isEqualTo(sample);

      var saved = new ByteWriter();
      decoder.save(saved);
      decoder = SampleDecoder.restore(columns, new ByteReader(saved.view()));
      assertThat(decoder.sample()).isEqualTo(sample);
      return sample;
    }
  }
}
