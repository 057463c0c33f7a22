package dev.switchboard.whatsapp.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JidTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "15550001000@s.whatsapp.net",
        "15550001000:3@s.whatsapp.net",
        "100000000001000:99@lid",
        "120363025246125016@g.us",
        "15551234567-1612345678@g.us",
        "status@broadcast",
        "120363144038483540@newsletter",
        "server@c.us",
        "1@call",
        "1:255@hosted",
        "1@hosted.lid",
        "867051314767696@bot",
        "1:65535@msgr",
        "2-15@interop",
        "@s.whatsapp.net",
        "@g.us"
      })
  void writesTheCanonicalTextThatItRead(String text) {
    assertThat(Jid.parse(text)).hasToString(text).isEqualTo(Jid.parse(text));
  }

  @ParameterizedTest
  @CsvSource({
    "s.whatsapp.net,@s.whatsapp.net",
    "1:0@lid,1@lid",
    "1_0:2@s.whatsapp.net,1:2@s.whatsapp.net",
    "1.0:2@s.whatsapp.net,1:2@s.whatsapp.net",
    "1_1:2@s.whatsapp.net,1:2@lid",
    "1.1:2@lid,1:2@lid",
    "1_128:2@s.whatsapp.net,1:2@hosted",
    "1_129@s.whatsapp.net,1@hosted.lid"
  })
  void readsOtherWaysToWriteOne(String text, String canonical) {
    assertThat(Jid.parse(text)).hasToString(canonical);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "@",
        "1",
        "1@",
        "1@example.com",
        "1@@lid",
        "1:@lid",
        "1:x@lid",
        "1:-1@lid",
        ":1@lid",
        "1:256@lid",
        "1:1@g.us",
        "1:1:1@lid",
        "1 @lid",
        "1\u00e4@lid",
        "a/b@lid",
        "1_7@lid",
        "1:99999999999@lid",
        "1@LID"
      })
  void refusesWhatNamesNobody(String text) {
    assertThatThrownBy(() -> Jid.parse(text)).isInstanceOf(MalformedJidException.class);
    assertThat(Jid.tryParse(text)).isEmpty();
  }

  @Test
  void boundsTheUser() {
    assertThat(Jid.ofLid("1".repeat(128)).user()).hasSize(128);
    assertThatThrownBy(() -> Jid.ofLid("1".repeat(129))).isInstanceOf(MalformedJidException.class);
    assertThat(Jid.tryParse("1".repeat(100_000) + "@lid")).isEmpty();
    assertThat(Jid.tryParse(null)).isEmpty();
  }

  @Test
  void walksBetweenDevices() {
    Jid phone = Jid.ofPhoneNumber("15550001000");
    assertThat(phone.withDevice(7).withoutDevice()).isEqualTo(phone);
    assertThat(phone.withDevice(7)).hasToString("15550001000:7@s.whatsapp.net");
    assertThat(phone.isPhoneNumber()).isTrue();
    assertThat(Jid.parse("1:2@hosted.lid").isLid()).isTrue();
    assertThat(Jid.WHATSAPP.isServer()).isTrue();
  }
}
