package dev.switchboard.store.encryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.journal.JournalEntry;
import dev.switchboard.journal.codec.EntryCodec;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.InstanceId;
import dev.switchboard.model.TenantId;
import dev.switchboard.testing.SampleEntries;
import dev.switchboard.testing.Samples;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class EntrySealTest {
  private static final byte[] VALUE = "a secret".getBytes(StandardCharsets.UTF_8);
  private static final AccountKey ACCOUNT = Samples.ACCOUNT;

  private final Encryption encryption = new Encryption(MasterKey.random(new SecureRandom()));
  private final EntrySeal seal = EntrySeal.ofJournal(encryption);

  @Test
  void opensWhatItSealedForTheAccount() {
    assertThat(seal.open(seal.seal(VALUE, ACCOUNT), ACCOUNT)).isEqualTo(VALUE);
    assertThat(EntrySeal.ofJournal(encryption).open(seal.seal(VALUE, ACCOUNT), ACCOUNT))
        .isEqualTo(VALUE);
  }

  @Test
  void refusesEntryThatWasAlteredInAnyByteOrCutOff() {
    byte[] sealed = seal.seal(VALUE, ACCOUNT);
    for (int at = 0; at < sealed.length; at++) {
      byte[] altered = sealed.clone();
      altered[at] ^= 1;
      assertRefused(seal, altered, ACCOUNT);
      assertRefused(seal, Arrays.copyOf(sealed, at), ACCOUNT);
    }
  }

  @Test
  void refusesEntryOfAnotherAccountOrTenant() {
    byte[] sealed = seal.seal(VALUE, ACCOUNT);
    assertRefused(seal, sealed, Samples.account("bob"));
    assertRefused(seal, sealed, new AccountKey(new TenantId("other"), ACCOUNT.instance()));
    var joined = new AccountKey(new TenantId("ab"), new InstanceId("c"));
    var joinedElsewhere = new AccountKey(new TenantId("a"), new InstanceId("bc"));
    assertRefused(seal, seal.seal(VALUE, joined), joinedElsewhere);
  }

  @Test
  void refusesValueThatWasSealedForARowOfTheDatabase() {
    var place = Place.of("message", ACCOUNT.tenant().value(), ACCOUNT.instance().value());
    assertRefused(seal, encryption.seal(VALUE, place), ACCOUNT);
  }

  @Test
  void refusesEntryOfAnotherLog() {
    assertRefused(EntrySeal.ofEvents(encryption), seal.seal(VALUE, ACCOUNT), ACCOUNT);
  }

  @Test
  void refusesAnotherKey() {
    var other = EntrySeal.ofJournal(new Encryption(MasterKey.random(new SecureRandom())));
    assertRefused(other, seal.seal(VALUE, ACCOUNT), ACCOUNT);
  }

  @Test
  void hidesRecipientAndTextOfEveryEntryAndRefusesThemAltered() {
    var codec = new EntryCodec(seal, 1 << 20);
    JournalEntry.Accepted entry = SampleEntries.accepted(ACCOUNT, "3EB0A1", "a secret text");
    byte[] bytes = codec.encode(entry);
    assertThat(new String(bytes, StandardCharsets.ISO_8859_1))
        .doesNotContain("a secret text")
        .doesNotContain("15550002000");
    assertThat(codec.decode(bytes)).usingRecursiveComparison().isEqualTo(entry);
    bytes[bytes.length - 1] ^= 1;
    assertThatThrownBy(() -> codec.decode(bytes)).hasCauseInstanceOf(KeyException.class);
  }

  private static void assertRefused(EntrySeal seal, byte[] sealed, AccountKey account) {
    assertThatThrownBy(() -> seal.open(sealed, account)).isInstanceOf(KeyException.class);
  }
}
