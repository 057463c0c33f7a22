package dev.switchboard.event.log;

import dev.switchboard.event.Event;
import dev.switchboard.journal.Seal;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.event.EventKind;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Writes and reads entries. In the clear: what readers choose by, and what a start needs; the
 * content is sealed, with its head once more, so that it fits no other entry. Safe for use by many
 * threads.
 */
final class EventCodec {
  private static final int VERSION = 2;

  /** Did not bind when an event was recorded. */
  private static final int FIRST_VERSION = 1;

  private static final int EVENT = 1;
  private static final int CHECKPOINT = 2;
  private static final int DELETION = 3;
  private static final int HEAD_BYTES = 256;
  private static final int BOUND_BYTES = 32;

  private final Seal seal;
  private final AccountNames names = new AccountNames();

  EventCodec(Seal seal) {
    this.seal = seal;
  }

  byte[] encode(Event event, long waitingId) {
    byte[] sealed = seal.seal(bound(event, waitingId), event.account());
    ByteBuffer out = ByteBuffer.allocate(HEAD_BYTES + sealed.length);
    out.put((byte) VERSION).put((byte) EVENT);
    time(out, event.recordedAt());
    out.putShort((short) event.kind().number());
    AccountNames.write(out, event.account());
    out.putLong(event.sequence()).putLong(waitingId).put(sealed);
    return written(out);
  }

  byte[] encode(EventEntry.Part part, Instant at) {
    ByteBuffer out = ByteBuffer.allocate(HEAD_BYTES + CheckpointCodec.size(part));
    out.put((byte) VERSION).put((byte) CHECKPOINT);
    time(out, at);
    CheckpointCodec.write(out, part);
    return written(out);
  }

  byte[] encode(EventEntry.Kept kept, Instant at) {
    ByteBuffer out = ByteBuffer.allocate(HEAD_BYTES);
    out.put((byte) VERSION).put((byte) DELETION);
    time(out, at);
    CheckpointCodec.write(out, kept);
    return written(out);
  }

  /** Reads an entry without opening what is sealed in it. */
  EventEntry entry(long position, byte[] buffer, int length) {
    return entry(position, ByteBuffer.wrap(buffer, 0, length));
  }

  /**
   * Reads an event with its content, when it is one and its head is wanted.
   *
   * @throws DamagedEventException when the content cannot be opened
   */
  Optional<Event> event(
      long position, byte[] buffer, int length, Predicate<EventEntry.Head> wanted) {
    ByteBuffer in = ByteBuffer.wrap(buffer, 0, length);
    return entry(position, in) instanceof EventEntry.Head head && wanted.test(head)
        ? Optional.of(opened(head, in))
        : Optional.empty();
  }

  private Event opened(EventEntry.Head head, ByteBuffer in) {
    try {
      return open(head, in);
    } catch (RuntimeException e) {
      throw new DamagedEventException(head, e);
    }
  }

  private Event open(EventEntry.Head head, ByteBuffer in) {
    byte[] sealed = new byte[in.remaining()];
    in.get(sealed);
    ByteBuffer plain = ByteBuffer.wrap(seal.open(sealed, head.account()));
    requireSame(head, plain, in.get(0));
    byte[] content = new byte[plain.remaining()];
    plain.get(content);
    return new Event(
        head.account(), head.sequence(), head.position(), head.kind(), head.recordedAt(), content);
  }

  private EventEntry entry(long position, ByteBuffer in) {
    int version = in.get();
    if (version != VERSION && version != FIRST_VERSION) {
      throw new IllegalStateException(
          "an entry of the log of events has version "
              + version
              + ", and this program reads "
              + VERSION
              + ": it was written by another version of Switchboard, or damaged");
    }
    int type = in.get();
    Instant at = time(in);
    return switch (type) {
      case EVENT -> {
        EventKind kind = EventKind.of(in.getShort());
        AccountKey account = names.read(in);
        yield new EventEntry.Head(account, in.getLong(), position, kind, at, in.getLong());
      }
      case CHECKPOINT -> new EventEntry.Checkpoint(position, at, CheckpointCodec.read(in, names));
      case DELETION -> new EventEntry.Deletion(position, at, CheckpointCodec.kept(in));
      default -> throw new IllegalStateException("an entry of the log of events is of no type");
    };
  }

  private static byte[] bound(Event event, long waitingId) {
    ByteBuffer out =
        ByteBuffer.allocate(BOUND_BYTES + event.content().length)
            .putLong(event.sequence())
            .putLong(waitingId)
            .putInt(event.kind().number());
    time(out, event.recordedAt());
    return out.put(event.content()).array();
  }

  private static void requireSame(EventEntry.Head head, ByteBuffer plain, int version) {
    if (plain.getLong() != head.sequence()
        || plain.getLong() != head.waitingId()
        || plain.getInt() != head.kind().number()
        || (version != FIRST_VERSION && !time(plain).equals(head.recordedAt()))) {
      throw new IllegalStateException("the head of an event was altered");
    }
  }

  private static void time(ByteBuffer out, Instant time) {
    out.putLong(time.getEpochSecond()).putInt(time.getNano());
  }

  private static Instant time(ByteBuffer in) {
    return Instant.ofEpochSecond(in.getLong(), in.getInt());
  }

  private static byte[] written(ByteBuffer out) {
    byte[] bytes = new byte[out.position()];
    out.flip().get(bytes);
    return bytes;
  }
}
