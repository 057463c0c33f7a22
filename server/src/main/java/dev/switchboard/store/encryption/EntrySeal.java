package dev.switchboard.store.encryption;

import dev.switchboard.journal.Seal;
import dev.switchboard.model.AccountKey;

/** Seals the entries of a log with the key that the database is encrypted with. */
public final class EntrySeal implements Seal {
  private final Encryption encryption;
  private final String log;

  private EntrySeal(Encryption encryption, String log) {
    this.encryption = encryption;
    this.log = log;
  }

  public static EntrySeal ofJournal(Encryption encryption) {
    return new EntrySeal(encryption, "journal");
  }

  public static EntrySeal ofEvents(Encryption encryption) {
    return new EntrySeal(encryption, "event log");
  }

  @Override
  public byte[] seal(byte[] plain, AccountKey account) {
    return encryption.seal(plain, place(account));
  }

  /**
   * @throws KeyException when it was sealed with another key, for another account or log, or
   *     altered
   */
  @Override
  public byte[] open(byte[] sealed, AccountKey account) {
    return encryption.open(sealed, place(account));
  }

  private Place place(AccountKey account) {
    return Place.of(log, account.tenant().value(), account.instance().value());
  }
}
