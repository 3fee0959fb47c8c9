// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.common.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.perfload.common.TestSamples;
import io.perfload.common.bytes.ByteWriter;
import io.perfload.common.bytes.Malformed;
import io.perfload.common.chunk.ChunkBuilder;
import io.perfload.common.chunk.ChunkCodec;
import io.perfload.common.chunk.ChunkId;
import io.perfload.common.chunk.PackedChunk;
import io.perfload.common.chunk.Tier;
import io.perfload.common.model.Catalogue;
import io.perfload.common.model.Sample;
import io.perfload.common.model.Series;
import io.perfload.common.model.SeriesSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The worked example of docs/protocol.md is what the code writes. */
class ProtocolDocumentTest {
  private static final SeriesSet SET =
      SeriesSet.of(
          List.of(
              Series.of(Catalogue.CPU_UTILIZATION), new Series(Catalogue.CPU_UTILIZATION, "0")));
  private static final Sample FIRST = new Sample(TestSamples.MINUTE, 0, new long[] {1234, 1234});
  private static final Sample SECOND =
      new Sample(TestSamples.MINUTE + 1000, 1, new long[] {1250, Sample.ABSENT});

  @Test
  void theConversationOfTheExampleIsWhatIsWritten() throws IOException {
    var out = new ByteWriter();
    var encoder = new AgentMessageEncoder(out);
    encoder.write(new AgentMessage.Hello("0.1.0", TestSamples.MINUTE, TestSamples.MINUTE, ""));
    encoder.write(new AgentMessage.Series(0, true, SET));
    var samples = new SampleEncoder(SET.size());
    for (Sample sample : List.of(FIRST, SECOND)) {
      var delta = new ByteWriter();
      samples.encode(sample, delta);
      encoder.write(new AgentMessage.Sample(0, delta.view()));
    }
    WorkerMessageCodec.encode(new WorkerMessage.Welcome("node-1", 3, TestSamples.MINUTE, 16), out);
    WorkerMessageCodec.encode(new WorkerMessage.Ack(1, List.of(), 16), out);

    assertThat(examples("An agent with two series")).startsWith(hex(out.toByteArray()));
  }

  /** Deflate output may differ between versions of zlib, so the chunk is read, not written. */
  @Test
  void theChunkOfTheExampleIsWhatIsRead() throws IOException, Malformed {
    var builder = new ChunkBuilder(new ChunkId(TestSamples.HOST, Tier.SECOND, TestSamples.MINUTE));
    builder.add(SET, TestSamples.MINUTE, FIRST);
    builder.add(SET, TestSamples.MINUTE, SECOND);

    byte[] example = HexFormat.of().parseHex(examples("The chunk of those"));

    assertThat(ChunkCodec.unpack(PackedChunk.of(example), SET)).isEqualTo(builder.build());
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  /**
   * The hexadecimal digits of the byte columns that follow the paragraph with {@code beginning}.
   */
  private static String examples(String beginning) throws IOException {
    String document = Files.readString(Path.of("../docs/protocol.md"));
    return document
        .substring(document.indexOf(beginning))
        .lines()
        .filter(line -> line.startsWith("    | "))
        .map(line -> line.substring(6, line.indexOf('|', 6)).replace(" ", ""))
        .collect(Collectors.joining());
  }
}
