package dev.switchboard.whatsapp.signal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** Messages another implementation made, and a session record we made: both must stay readable. */
class IndependentClientTest {
  private static final int SIGNED_PREKEY_ID = 1;

  private final Properties vector = load();
  private final SignalAddress peer = new SignalAddress("peer@lid", 0);
  private final Map<SignalRecordKey, byte[]> records = new HashMap<>();

  @Test
  void readsMessagesThatStartSessionInAnyOrder() {
    records.put(SignalRecordKey.signedPreKey(SIGNED_PREKEY_ID), bytes("signedPreKey"));
    records.put(SignalRecordKey.preKey(number("preKeyId")), bytes("preKey"));
    SignalUnit unit = unit();
    for (int index : new int[] {2, 0, 1}) {
      assertThat(unit.decrypt(peer, Ciphertext.Type.PREKEY, bytes("first." + index)))
          .asString()
          .isEqualTo("first " + index);
    }
  }

  @Test
  void readsMessagesWithStoredSessionInAnyOrder() {
    records.put(SignalRecordKey.session(peer), bytes("session"));
    SignalUnit unit = unit();
    for (int index : new int[] {1, 2, 0}) {
      assertThat(unit.decrypt(peer, Ciphertext.Type.MESSAGE, bytes("later." + index)))
          .asString()
          .isEqualTo("later " + index);
    }
  }

  private SignalUnit unit() {
    SignalIdentity identity =
        new SignalIdentity(PreKey.keyPair(bytes("identity")), number("registration"));
    return new SignalUnit(identity, key -> Optional.ofNullable(records.get(key)));
  }

  private byte[] bytes(String name) {
    return HexFormat.of().parseHex(text(name));
  }

  private int number(String name) {
    return Integer.parseInt(text(name));
  }

  private String text(String name) {
    return Objects.requireNonNull(vector.getProperty(name));
  }

  private static Properties load() {
    Properties properties = new Properties();
    try (InputStream file =
        Objects.requireNonNull(
            IndependentClientTest.class.getResourceAsStream("independent-client.properties"))) {
      properties.load(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties;
  }
}
