package dev.switchboard.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Lid;
import dev.switchboard.model.Peer;
import dev.switchboard.model.PhoneNumber;
import dev.switchboard.model.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeerMapperTest {
  private static final PhoneNumber NUMBER = new PhoneNumber("15550001000");
  private static final Lid LID = new Lid("100000000001000");

  @Test
  void tellsEveryAlias() {
    var peer = PeerMapper.toContract(new Peer(NUMBER, LID));
    assertThat(peer.getPhoneNumber()).isEqualTo("+15550001000");
    assertThat(peer.getLid()).isEqualTo("100000000001000");
    assertThat(peer.getJid()).isEqualTo("15550001000@s.whatsapp.net");
  }

  @Test
  void takesAnyAlias() {
    assertThat(PeerMapper.toModel(peer("+15550001000", "", ""), "to")).isEqualTo(Peer.of(NUMBER));
    assertThat(PeerMapper.toModel(peer("", LID.digits(), ""), "to")).isEqualTo(Peer.of(LID));
    assertThat(PeerMapper.toModel(peer("", "", "15550001000:3@s.whatsapp.net"), "to"))
        .isEqualTo(Peer.of(NUMBER));
    assertThat(PeerMapper.toModel(peer("", "", "15550001000@c.us"), "to"))
        .isEqualTo(Peer.of(NUMBER));
    assertThat(PeerMapper.toModel(peer("", "", LID.digits() + "@lid"), "to"))
        .isEqualTo(Peer.of(LID));
  }

  @Test
  void doesNotBelieveThatTwoAliasesAreTheSamePerson() {
    var both = peer("+15550001000", LID.digits(), "");
    assertThat(PeerMapper.toModel(both, "to")).isEqualTo(Peer.of(NUMBER));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1203@g.us", "1203@newsletter", "status@broadcast"})
  void refusesWhatIsNoPerson(String jid) {
    assertThatThrownBy(() -> PeerMapper.toModel(peer("", "", jid), "to"))
        .isInstanceOfSatisfying(
            GatewayException.class,
            e -> assertThat(e.reason()).isEqualTo(Reason.CAPABILITY_UNSUPPORTED));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "nobody", "@s.whatsapp.net", "abc@s.whatsapp.net", "1@lidl", "x@lid"})
  void namesTheFieldOfAMalformedJid(String jid) {
    assertThatThrownBy(() -> PeerMapper.toModel(peer("", "", jid), "to"))
        .isInstanceOfSatisfying(
            GatewayException.class, e -> assertThat(e.field()).contains("to.jid"));
  }

  private static dev.switchboard.api.v1.Peer peer(String number, String lid, String jid) {
    return dev.switchboard.api.v1.Peer.newBuilder()
        .setPhoneNumber(number)
        .setLid(lid)
        .setJid(jid)
        .build();
  }
}
