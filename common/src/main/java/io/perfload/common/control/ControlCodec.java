// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.common.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.BufferOverflowException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The bytes of the control socket. Stateless; any thread.
 *
 * <pre>
 *  offset  0        4        5 … n
 *         +--------+--------+-----------+   length: unsigned, big-endian, counts kind and payload,
 *         | length | kind   | payload   |   1 … 16 KiB; a longer one is refused before it is buffered
 *         +--------+--------+-----------+
 * </pre>
 */
public final class ControlCodec {
  /** Both sides must speak the same version. */
  public static final int VERSION = 2;

  /** The longest frame, its length field included. */
  public static final int MAX_FRAME = 16 * 1024;

  private static final int HEADER = Integer.BYTES;
  private static final int MAX_TEXT = 255;

  private static final byte REGISTER = 1;
  private static final byte LOAD = 2;
  private static final byte LEAVING = 3;
  private static final byte MAKE_WAY = 4;
  private static final byte RESTART_WORKERS = 5;
  private static final byte SLOT_ASSIGNED = 16;
  private static final byte REFUSED = 17;
  private static final byte GIVE_DOOR = 18;
  private static final byte DOOR_CLOSED = 19;
  private static final byte DRAIN = 20;
  private static final byte ROSTER = 21;
  private static final byte REPLACED = 22;
  private static final byte RESTART_ENDED = 23;

  private ControlCodec() {}

  /** Returns the frame of {@code message}, ready to be read. */
  public static ByteBuffer encode(FromWorker message) {
    ByteBuffer out = begin();
    message.on(new WorkerWriter(out));
    return finish(out);
  }

  /** Returns the frame of {@code message}, ready to be read. */
  public static ByteBuffer encode(FromMaster message) {
    ByteBuffer out = begin();
    message.on(new MasterWriter(out));
    return finish(out);
  }

  /**
   * Takes one whole frame from {@code in}, if there is one; else leaves {@code in} as it is.
   *
   * @throws BadControlFrame if what is there can never become a good frame
   */
  public static Optional<FromWorker> decodeFromWorker(ByteBuffer in) {
    return frame(in).map(frame -> whole(frame, ControlCodec::fromWorker));
  }

  /**
   * Takes one whole frame from {@code in}, if there is one; else leaves {@code in} as it is.
   *
   * @throws BadControlFrame if what is there can never become a good frame
   */
  public static Optional<FromMaster> decodeFromMaster(ByteBuffer in) {
    return frame(in).map(frame -> whole(frame, ControlCodec::fromMaster));
  }

  private static Optional<ByteBuffer> frame(ByteBuffer in) {
    if (in.remaining() < HEADER) {
      return Optional.empty();
    }
    int length = in.getInt(in.position());
    if (length < 1 || length > MAX_FRAME - HEADER) {
      throw new BadControlFrame("length: " + Integer.toUnsignedString(length));
    }
    if (in.remaining() < HEADER + length) {
      return Optional.empty();
    }
    ByteBuffer frame = in.slice(in.position() + HEADER, length);
    in.position(in.position() + HEADER + length);
    return Optional.of(frame);
  }

  private interface Payload<T> {
    T read(byte kind, ByteBuffer in);
  }

  private static <T> T whole(ByteBuffer frame, Payload<T> payload) {
    byte kind = frame.get();
    T message;
    try {
      message = payload.read(kind, frame);
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      throw new BadControlFrame("kind " + kind + ": " + e);
    }
    if (frame.hasRemaining()) {
      throw new BadControlFrame("kind " + kind + ": " + frame.remaining() + " bytes too many");
    }
    return message;
  }

  private static FromWorker fromWorker(byte kind, ByteBuffer in) {
    return switch (kind) {
      case REGISTER ->
          new FromWorker.Register(
              in.getInt(), uuid(in), in.getLong(), in.getInt(), in.getInt(), in.getInt());
      case LOAD -> new FromWorker.Load(in.getInt(), in.getInt(), in.getLong());
      case LEAVING -> new FromWorker.Leaving();
      case MAKE_WAY -> new FromWorker.MakeWay();
      case RESTART_WORKERS -> new FromWorker.RestartWorkers();
      default -> throw new BadControlFrame("kind: " + kind);
    };
  }

  private static FromMaster fromMaster(byte kind, ByteBuffer in) {
    return switch (kind) {
      case SLOT_ASSIGNED -> new FromMaster.SlotAssigned(in.getInt(), text(in));
      case REFUSED -> new FromMaster.Refused(text(in));
      case GIVE_DOOR -> new FromMaster.GiveDoor();
      case DOOR_CLOSED -> new FromMaster.DoorClosed();
      case DRAIN -> new FromMaster.Drain(in.getLong());
      case ROSTER -> new FromMaster.Roster(counters(in), slots(in));
      case REPLACED -> new FromMaster.Replaced(in.getInt(), in.getLong(), in.getLong());
      case RESTART_ENDED -> new FromMaster.RestartEnded(text(in));
      default -> throw new BadControlFrame("kind: " + kind);
    };
  }

  private static DoorCounters counters(ByteBuffer in) {
    return new DoorCounters(
        in.getLong(),
        in.getLong(),
        in.getLong(),
        in.getLong(),
        in.getLong(),
        in.getLong(),
        in.getLong(),
        in.getLong(),
        in.getLong(),
        in.getLong(),
        in.getLong());
  }

  private static List<SlotReport> slots(ByteBuffer in) {
    int count = Short.toUnsignedInt(in.getShort());
    if (count > in.remaining()) {
      throw new BadControlFrame("slots: " + count);
    }
    var slots = new ArrayList<SlotReport>(count);
    for (int i = 0; i < count; i++) {
      slots.add(
          new SlotReport(
              in.getInt(),
              in.getLong(),
              SlotState.of(in.get()),
              in.getInt(),
              in.getLong(),
              in.getInt()));
    }
    return slots;
  }

  private static UUID uuid(ByteBuffer in) {
    return new UUID(in.getLong(), in.getLong());
  }

  private static String text(ByteBuffer in) {
    byte[] bytes = new byte[Math.min(Byte.toUnsignedInt(in.get()), in.remaining())];
    in.get(bytes);
    return new String(bytes, UTF_8);
  }

  private static ByteBuffer begin() {
    return ByteBuffer.allocate(MAX_FRAME).position(HEADER);
  }

  private static ByteBuffer finish(ByteBuffer out) {
    return out.putInt(0, out.position() - HEADER).flip();
  }

  private static void putText(ByteBuffer out, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    int length = Math.min(bytes.length, MAX_TEXT);
    out.put((byte) length).put(bytes, 0, length);
  }

  private record WorkerWriter(ByteBuffer out) implements FromWorker.Cases<ByteBuffer> {
    @Override
    public ByteBuffer register(FromWorker.Register message) {
      return out.put(REGISTER)
          .putInt(message.version())
          .putLong(message.instance().getMostSignificantBits())
          .putLong(message.instance().getLeastSignificantBits())
          .putLong(message.pid())
          .putInt(message.lastSlot())
          .putInt(message.room())
          .putInt(message.connections());
    }

    @Override
    public ByteBuffer load(FromWorker.Load message) {
      return out.put(LOAD)
          .putInt(message.connections())
          .putInt(message.room())
          .putLong(message.answered());
    }

    @Override
    public ByteBuffer leaving(FromWorker.Leaving message) {
      return out.put(LEAVING);
    }

    @Override
    public ByteBuffer makeWay(FromWorker.MakeWay message) {
      return out.put(MAKE_WAY);
    }

    @Override
    public ByteBuffer restartWorkers(FromWorker.RestartWorkers message) {
      return out.put(RESTART_WORKERS);
    }
  }

  private record MasterWriter(ByteBuffer out) implements FromMaster.Cases<ByteBuffer> {
    @Override
    public ByteBuffer slotAssigned(FromMaster.SlotAssigned message) {
      out.put(SLOT_ASSIGNED).putInt(message.slot());
      putText(out, message.node());
      return out;
    }

    @Override
    public ByteBuffer refused(FromMaster.Refused message) {
      putText(out.put(REFUSED), message.reason());
      return out;
    }

    @Override
    public ByteBuffer giveDoor(FromMaster.GiveDoor message) {
      return out.put(GIVE_DOOR);
    }

    @Override
    public ByteBuffer doorClosed(FromMaster.DoorClosed message) {
      return out.put(DOOR_CLOSED);
    }

    @Override
    public ByteBuffer drain(FromMaster.Drain message) {
      return out.put(DRAIN).putLong(message.withinMillis());
    }

    @Override
    public ByteBuffer roster(FromMaster.Roster message) {
      out.put(ROSTER);
      put(message.counters());
      out.putShort((short) message.slots().size());
      try {
        message.slots().forEach(this::put);
      } catch (BufferOverflowException e) {
        throw new IllegalArgumentException("slots: " + message.slots().size(), e);
      }
      return out;
    }

    @Override
    public ByteBuffer replaced(FromMaster.Replaced message) {
      return out.put(REPLACED)
          .putInt(message.slot())
          .putLong(message.oldPid())
          .putLong(message.newPid());
    }

    @Override
    public ByteBuffer restartEnded(FromMaster.RestartEnded message) {
      putText(out.put(RESTART_ENDED), message.failure());
      return out;
    }

    private void put(DoorCounters counters) {
      out.putLong(counters.accepted())
          .putLong(counters.refused())
          .putLong(counters.limited())
          .putLong(counters.forgotten())
          .putLong(counters.queued())
          .putLong(counters.adopted())
          .putLong(counters.dead())
          .putLong(counters.severed())
          .putLong(counters.rerouted())
          .putLong(counters.notTaken())
          .putLong(counters.paused());
    }

    private void put(SlotReport slot) {
      out.putInt(slot.slot())
          .putLong(slot.pid())
          .put(slot.state().code())
          .putInt(slot.connections())
          .putLong(slot.adopted())
          .putInt(slot.restarts());
    }
  }
}
