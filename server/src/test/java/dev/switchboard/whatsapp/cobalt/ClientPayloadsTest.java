package dev.switchboard.whatsapp.cobalt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.switchboard.whatsapp.proto.ClientPayload;
import dev.switchboard.whatsapp.proto.DeviceProps;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What Cobalt encodes, read by our own messages: the sandbox reads it so. */
class ClientPayloadsTest {
  private static final ClientProfile PROFILE =
      ClientProfile.of(WebVersion.parse("2.3000.1035194821"));

  @Test
  void registersADevice() throws InvalidProtocolBufferException {
    var keys = new RegistrationKeys(4242, new byte[32], 1, new byte[32], new byte[64]);
    var payload =
        ClientPayload.parseFrom(ClientPayloads.registration(PROFILE, keys, Optional.empty()));
    assertThat(payload.hasPassive()).isTrue();
    assertThat(payload.getPassive()).isFalse();
    assertThat(payload.hasPull()).isTrue();
    assertThat(payload.getPull()).isFalse();
    assertThat(payload.hasUsername()).isFalse();
    assertThat(payload.hasPushName()).isFalse();
    assertThat(payload.getUserAgent().getPlatform()).isEqualTo(14);
    assertThat(payload.getUserAgent().getAppVersion().getTertiary()).isEqualTo(1_035_194_821);
    assertThat(payload.getWebInfo().hasWebSubPlatform()).isTrue();
    assertThat(payload.getConnectType()).isEqualTo(1);
    assertThat(payload.getConnectReason()).isEqualTo(1);
    var pairing = payload.getDevicePairingData();
    assertThat(pairing.getBuildHash().toByteArray()).hasSize(16);
    assertThat(pairing.getERegid().toByteArray()).containsExactly(0, 0, 0x10, 0x92);
    assertThat(pairing.getEKeytype().toByteArray()).containsExactly(5);
    assertThat(pairing.getESkeyId().toByteArray()).containsExactly(0, 0, 1);
    assertThat(pairing.getESkeySig().size()).isEqualTo(64);
    DeviceProps props = DeviceProps.parseFrom(pairing.getDeviceProps());
    assertThat(props.getOs()).isEqualTo("Switchboard");
    assertThat(props.getPlatformType()).isEqualTo(DeviceProps.PlatformType.CHROME);
    assertThat(props.getHistorySyncConfig().getInlineInitialPayloadInE2EeMsg()).isTrue();
    assertThat(props.getHistorySyncConfig().getStorageQuotaMb()).isEqualTo(10_240);
  }

  @Test
  void logsADeviceIn() throws InvalidProtocolBufferException {
    var payload =
        ClientPayload.parseFrom(
            ClientPayloads.login(PROFILE, "15550001000", 3, Optional.of("Ann")));
    assertThat(payload.getUsername()).isEqualTo(15_550_001_000L);
    assertThat(payload.getDevice()).isEqualTo(3);
    assertThat(payload.getPassive()).isTrue();
    assertThat(payload.getPull()).isTrue();
    assertThat(payload.getPushName()).isEqualTo("Ann");
    assertThat(payload.hasDevicePairingData()).isFalse();
  }

  @Test
  void refusesAVersionThatIsNone() {
    assertThat(WebVersion.parse("2.3000.1")).hasToString("2.3000.1");
    assertThatThrownBy(() -> WebVersion.parse("2.3000"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> WebVersion.parse("2.3000.9999999999"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
