package dev.switchboard.store.encryption;

import dev.switchboard.journal.Seal;
import dev.switchboard.model.AccountKey;

/** Seals the journal's entries with the key that the database is encrypted with. */
public final class EntrySeal implements Seal {
  private final Encryption encryption;

  public EntrySeal(Encryption encryption) {
    this.encryption = encryption;
  }

  @Override
  public byte[] seal(byte[] plain, AccountKey account) {
    return encryption.seal(plain, place(account));
  }

  /**
   * @throws KeyException when it was sealed with another key or for another account, or altered
   */
  @Override
  public byte[] open(byte[] sealed, AccountKey account) {
    return encryption.open(sealed, place(account));
  }

  private static Place place(AccountKey account) {
    return Place.of("journal", account.tenant().value(), account.instance().value());
  }
}
