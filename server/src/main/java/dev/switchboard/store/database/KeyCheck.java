package dev.switchboard.store.database;

import static dev.switchboard.store.jooq.Tables.KEY_CHECK;

import dev.switchboard.store.encryption.Encryption;
import dev.switchboard.store.encryption.KeyException;
import dev.switchboard.store.encryption.KeySource;
import dev.switchboard.store.encryption.Place;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Holds the master key against the value that the first start encrypted with it. */
final class KeyCheck {
  private static final Place PLACE = Place.of("key_check");
  private static final byte[] KNOWN = "switchboard".getBytes(StandardCharsets.US_ASCII);

  private KeyCheck() {}

  /** The encryption of this database; refuses a key that is not its own. */
  static Encryption unlock(Transactions transactions, KeySource source) {
    var earlier = sealed(transactions);
    var encryption = new Encryption(source.load(earlier != null));
    if (earlier == null) {
      transactions.write(dsl ->
          dsl.insertInto(KEY_CHECK)
              .set(KEY_CHECK.SEALED, encryption.seal(KNOWN, PLACE))
              .onConflictDoNothing()
              .execute());
    }
    // Read back also after writing: another process may have been the first.
    require(encryption, sealed(transactions));
    return encryption;
  }

  private static byte @Nullable [] sealed(Transactions transactions) {
    return transactions.read(
        dsl -> dsl.select(KEY_CHECK.SEALED).from(KEY_CHECK).fetchOne(KEY_CHECK.SEALED));
  }

  private static void require(Encryption encryption, byte @Nullable [] sealed) {
    if (sealed == null) {
      throw new IllegalStateException("the key check was not stored");
    }
    try {
      var _ = encryption.open(sealed, PLACE);
    } catch (KeyException e) {
      throw new KeyException(
          "The master key is not the one this database is encrypted with. Nothing was changed; start"
              + " with the right key.",
          e);
    }
  }
}
