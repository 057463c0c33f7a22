package dev.switchboard.event.cursor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.event.cursor.Cursors.Place;
import dev.switchboard.model.TenantId;
import dev.switchboard.store.encryption.Encryption;
import dev.switchboard.store.encryption.MasterKey;
import dev.switchboard.store.encryption.Signature;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class CursorsTest {
  private static final TenantId OTHER = new TenantId("other");
  private static final long POSITION = (88_000L << 32) + 17;

  private final Encryption encryption = encryption();
  private final Cursors cursors = cursors(encryption, "log 1");

  @Test
  void leadsBackToWhereItWasGiven() {
    String cursor = cursors.cursor(TenantId.DEFAULT, POSITION);
    assertThat(cursor).hasSize(Cursors.LENGTH).matches("[A-Za-z0-9_-]+");
    assertThat(cursors.place(TenantId.DEFAULT, cursor)).contains(new Place.Here(POSITION));
  }

  @Test
  void isGoodInItsTenantOnlyAndUnderItsKeyOnly() {
    String cursor = cursors.cursor(TenantId.DEFAULT, POSITION);
    assertThat(cursors.place(OTHER, cursor)).isEmpty();
    assertThat(cursors(encryption(), "log 1").place(TenantId.DEFAULT, cursor)).isEmpty();
  }

  @Test
  void isRefusedWhenAnyCharacterIsAnother() {
    String cursor = cursors.cursor(TenantId.DEFAULT, POSITION);
    for (int i = 0; i < cursor.length(); i++) {
      char other = cursor.charAt(i) == 'A' ? 'B' : 'A';
      String forged = cursor.substring(0, i) + other + cursor.substring(i + 1);
      assertThat(cursors.place(TenantId.DEFAULT, forged)).as("at %d", i).isEmpty();
    }
  }

  @Test
  void isRefusedWhenItIsNoneAtAll() {
    String cursor = cursors.cursor(TenantId.DEFAULT, POSITION);
    assertThat(cursors.place(TenantId.DEFAULT, "")).isEmpty();
    assertThat(cursors.place(TenantId.DEFAULT, cursor.substring(4))).isEmpty();
    assertThat(cursors.place(TenantId.DEFAULT, cursor + "AAAA")).isEmpty();
    assertThat(cursors.place(TenantId.DEFAULT, "!".repeat(Cursors.LENGTH))).isEmpty();
  }

  @Test
  void isKnownAsOneOfAnotherLog() {
    String cursor = cursors(encryption, "log 0").cursor(TenantId.DEFAULT, POSITION);
    assertThat(cursors.place(TenantId.DEFAULT, cursor)).contains(new Place.Elsewhere());
  }

  private static Cursors cursors(Encryption encryption, String logId) {
    return new Cursors(new Signature(encryption, "event cursors")::of, logId);
  }

  private static Encryption encryption() {
    return new Encryption(MasterKey.random(new SecureRandom()));
  }
}
