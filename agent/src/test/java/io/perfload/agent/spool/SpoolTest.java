// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.spool;

import static org.assertj.core.api.Assertions.assertThat;

import io.perfload.agent.sample.Reading;
import io.perfload.common.bytes.ByteWriter;
import io.perfload.common.model.Catalogue;
import io.perfload.common.model.HostId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SpoolTest {
  @Test
  void journalTornAtAnyByteHasAllThatWasWhole() {
    var out = new ByteWriter();
    JournalCodec.writeHost(Readings.HOST, out);
    JournalCodec.writeSet(Readings.at(0).set(), out);
    List<Integer> ends = new ArrayList<>();
    for (int second = 0; second < 5; second++) {
      JournalCodec.writeReading(Readings.at(second), out);
      ends.add(out.size());
    }

    for (int length = 0; length <= out.size(); length++) {
      int torn = length;
      byte[] bytes = java.util.Arrays.copyOf(out.toByteArray(), torn);
      JournalCodec.Recovered recovered =
          JournalCodec.read(bytes, Readings.HOST, hash -> Optional.empty());

      long whole = ends.stream().filter(end -> end <= torn).count();
      assertThat(recovered.readings()).as("torn at " + torn).hasSize((int) whole);
      assertThat(recovered.damaged()).as("torn at " + torn).isZero();
      assertThat(recovered.holes()).as("torn at " + torn).isEmpty();
    }
  }

  @Property(tries = 300)
  void journalWithAFlippedBitLosesOneRecordAndSaysSo(
      @ForAll @IntRange(max = 1_000_000) int seed, @ForAll @IntRange(max = 7) int bit) {
    var out = new ByteWriter();
    JournalCodec.writeHost(Readings.HOST, out);
    JournalCodec.writeSet(Readings.at(0).set(), out);
    int readingsFrom = out.size();
    int last = 0;
    for (int second = 0; second < 30; second++) {
      last = out.size();
      JournalCodec.writeReading(Readings.at(second), out);
    }
    byte[] bytes = out.toByteArray();
    int flipped = readingsFrom + seed % (last - readingsFrom);
    bytes[flipped] ^= (byte) (1 << bit);

    JournalCodec.Recovered recovered =
        JournalCodec.read(bytes, Readings.HOST, hash -> Optional.empty());

    assertThat(recovered.readings()).hasSize(29);
    assertThat(recovered.damaged()).isEqualTo(1);
    assertThat(recovered.readings()).allMatch(reading -> reading.equals(original(reading)));
  }

  @Test
  void journalOfAnotherHostIsDamage() {
    var out = new ByteWriter();
    JournalCodec.writeHost(HostId.of(1, 2), out);
    JournalCodec.writeSet(Readings.at(0).set(), out);
    JournalCodec.writeReading(Readings.at(0), out);

    JournalCodec.Recovered recovered =
        JournalCodec.read(out.toByteArray(), Readings.HOST, hash -> Optional.empty());

    assertThat(recovered.readings()).isEmpty();
    assertThat(recovered.damaged()).isPositive();
  }

  @Test
  void journalRemembersEachSet() {
    Reading other = Readings.at(1, Readings.set(Catalogue.PROCESS_COUNT));
    var out = new ByteWriter();
    JournalCodec.writeHost(Readings.HOST, out);
    JournalCodec.writeSet(Readings.at(0).set(), out);
    JournalCodec.writeReading(Readings.at(0), out);
    JournalCodec.writeSet(other.set(), out);
    JournalCodec.writeReading(other, out);

    assertThat(
            JournalCodec.read(out.toByteArray(), Readings.HOST, hash -> Optional.empty())
                .readings())
        .containsExactly(Readings.at(0), other);
  }

  @Test
  void fileNameTellsAllAboutAChunk() {
    var chunk = new SealedChunk(7, 7, Readings.MINUTE, 60, Readings.at(0).set().hash(), 4097);

    assertThat(SealedChunk.ofFile(chunk.fileName(), 4097)).contains(chunk);
    assertThat(chunk.space()).isEqualTo(8192);
    assertThat(SealedChunk.ofFile("x" + chunk.fileName(), 1)).isEmpty();
  }

  @Test
  void fileWithANumberThatNobodyGivesIsNoChunk() {
    String rest = "-1740000000000-60-0123456789abcdef0123456789abcdef.chunk";

    assertThat(SealedChunk.ofFile("0000000000000001" + rest, 60)).isPresent();
    assertThat(SealedChunk.ofFile("0000000000000000" + rest, 60)).isEmpty();
    assertThat(SealedChunk.ofFile("9999999999999999" + rest, 60)).isEmpty();
  }

  private static Reading original(Reading reading) {
    return Readings.at((int) reading.sample().sequence());
  }
}
