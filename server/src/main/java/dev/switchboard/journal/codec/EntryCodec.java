package dev.switchboard.journal.codec;

import dev.switchboard.journal.JournalEntry;
import dev.switchboard.journal.Seal;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.InstanceId;
import dev.switchboard.model.TenantId;
import dev.switchboard.model.message.MessageId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads entries. In the clear: the version, type, account and message id; everything
 * else is sealed, with the type and the id once more, so that no part fits another entry. Safe for
 * use by many threads.
 */
public final class EntryCodec {
  private static final int VERSION = 1;

  private final Seal seal;
  private final int mostBytes;

  /**
   * @param mostBytes the most that an entry may take, sealed
   */
  public EntryCodec(Seal seal, int mostBytes) {
    this.seal = seal;
    this.mostBytes = mostBytes;
  }

  /**
   * The bytes of an entry.
   *
   * @throws IllegalArgumentException when they are more than an entry may take
   */
  public byte[] encode(JournalEntry entry) {
    var type = EntryType.of(entry);
    var id = EntryType.messageOf(entry);
    var secret = new Output();
    head(secret, type, id);
    PrivatePart.write(secret, entry);
    var output = new Output();
    output.oneByte(VERSION);
    head(output, type, id);
    output.text(entry.account().tenant().value());
    output.text(entry.account().instance().value());
    output.blob(seal.seal(secret.toByteArray(), entry.account()));
    return bounded(output.toByteArray());
  }

  /**
   * Reads an entry back.
   *
   * @throws UnreadableEntryException when this version, or this key, cannot
   */
  public JournalEntry decode(byte[] bytes) {
    return decode(bytes, bytes.length);
  }

  /** Reads an entry from the first bytes of a buffer. */
  public JournalEntry decode(byte[] buffer, int length) {
    try {
      return read(new Input(buffer, length));
    } catch (UnreadableEntryException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new UnreadableEntryException("an entry of the journal cannot be read", e);
    }
  }

  private JournalEntry read(Input input) {
    requireVersion(input.oneByte());
    var type = EntryType.CODE.read(input);
    var id = Fields.optional(input, from -> new MessageId(from.text()));
    var account = new AccountKey(new TenantId(input.text()), new InstanceId(input.text()));
    var secret = new Input(seal.open(input.blob(), account));
    input.requireEnd();
    requireSame(secret, type, id);
    var entry = PrivatePart.read(secret, type, account, id);
    secret.requireEnd();
    return entry;
  }

  private static void head(Output output, EntryType type, @Nullable MessageId id) {
    EntryType.CODE.write(output, type);
    Fields.optional(output, id, (to, message) -> to.text(message.value()));
  }

  private static void requireVersion(int version) {
    if (version != VERSION) {
      throw new UnreadableEntryException(
          "an entry of the journal has version "
              + version
              + ", and this program reads "
              + VERSION
              + ": it was written by another version of Switchboard, or damaged");
    }
  }

  private static void requireSame(Input secret, EntryType type, @Nullable MessageId id) {
    if (EntryType.CODE.read(secret) != type
        || !Objects.equals(id, Fields.optional(secret, from -> new MessageId(from.text())))) {
      throw new UnreadableEntryException("an entry's head was altered");
    }
  }

  private byte[] bounded(byte[] bytes) {
    if (bytes.length > mostBytes) {
      throw new IllegalArgumentException(
          "an entry of " + bytes.length + " bytes; " + mostBytes + " is the most");
    }
    return bytes;
  }
}
