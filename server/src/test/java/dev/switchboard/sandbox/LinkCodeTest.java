package dev.switchboard.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.api.sandbox.v1.Behaviour;
import dev.switchboard.sandbox.companion.Credentials;
import dev.switchboard.sandbox.companion.LinkByCode;
import dev.switchboard.sandbox.companion.Trust;
import dev.switchboard.sandbox.network.NetworkLimits;
import dev.switchboard.sandbox.network.Refusal;
import dev.switchboard.whatsapp.wire.Jid;
import dev.switchboard.whatsapp.wire.Node;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the network and the phone refuse of a client that wants to be linked by code. */
class LinkCodeTest {
  private final Credentials credentials = Credentials.generate("desk", new SecureRandom());

  @TempDir Path folder;
  private OpenSandbox network;
  private Jid phone;

  @BeforeEach
  void open() {
    network = OpenSandbox.in(folder);
    phone = network.person("Alice", Behaviour.BEHAVIOUR_SILENT);
  }

  @AfterEach
  void close() {
    network.close();
  }

  @Test
  void letsThePersonTypeTheCode() {
    try (LinkByCode client = client()) {
      assertThat(client.hello().has("type", "result")).isTrue();
      assertThat(type(phone.user(), client.code())).isEqualTo(200);
      Node hello = client.notification();
      assertThat(client.finish(hello).has("type", "result")).isTrue();
      assertThat(client.next().child("pair-success")).isPresent();
    }
    assertThat(network.sandbox().refusals()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "companion_platform_display, Switchboard (Linux)",
    "companion_platform_display, Chrome (Switchboard)",
    "companion_platform_display, Chrome",
    "companion_platform_id, x",
    "companion_platform_id, 49",
    "companion_server_auth_key_pub, 01234567890123456789012345678901",
    "link_code_pairing_nonce, 1",
    "link_code_pairing_wrapped_companion_ephemeral_pub, short",
  })
  void refusesHelloWithWrongPart(String part, String text) {
    try (LinkByCode client = client()) {
      assertThat(LinkByCode.error(client.hello(part, text))).isEqualTo("400");
    }
    assertThat(network.refusals(Refusal.LINK_CODE_HELLO)).isEqualTo(1);
  }

  @Test
  void refusesPhonesThatNobodyHas() {
    try (LinkByCode client = client(Jid.ofPhoneNumber("15559999999"))) {
      assertThat(LinkByCode.error(client.hello())).isEqualTo("404");
    }
  }

  @Test
  void refusesEndlessHellos() {
    try (LinkByCode client = client()) {
      for (int i = 0; i < 5; i++) {
        assertThat(client.hello().has("type", "result")).isTrue();
      }
      assertThat(LinkByCode.error(client.hello())).isEqualTo("429");
    }
  }

  @Test
  void refusesFinishThatNobodyAskedForAndOneForAnotherReference() {
    try (LinkByCode client = client()) {
      client.hello();
      assertThat(LinkByCode.error(client.finishEarly())).isEqualTo("400");
      type(phone.user(), client.code());
      Node hello = client.notification();
      assertThat(LinkByCode.error(client.finish(hello, new byte[] {1, 2}))).isEqualTo("400");
      assertThat(client.finish(hello).has("type", "result")).isTrue();
    }
    assertThat(network.refusals(Refusal.LINK_CODE_FINISH)).isEqualTo(2);
  }

  @Test
  void takesEachAnswerOnce() {
    try (LinkByCode client = client()) {
      client.hello();
      type(phone.user(), client.code());
      Node hello = client.notification();
      client.finish(hello);
      client.next(); // pair-success
      assertThat(LinkByCode.error(client.finish(hello))).isEqualTo("400");
    }
    assertThat(network.refusals(Refusal.LINK_CODE_FINISH)).isEqualTo(1);
  }

  @Test
  void tellsTheClientThatWrongCodeIsSpent() {
    try (LinkByCode client = client()) {
      client.hello();
      assertThat(type(phone.user(), "1111-1111")).isEqualTo(200);
      Node hello = client.notification();
      assertThat(client.finish(hello).has("type", "result")).isTrue();
      Node refresh = client.notification();
      assertThat(refresh.attribute("stage")).hasValue("refresh_code");
      assertThat(refresh.attribute("force_manual_refresh")).hasValue("false");
      assertThat(type(phone.user(), client.code())).isEqualTo(404);
    }
    assertThat(network.refusals(Refusal.LINK_CODE_WRONG)).isEqualTo(1);
  }

  @Test
  void refusesTextsThatAreNoCodeAndPhonesNobodyWaitsFor() {
    try (LinkByCode client = client()) {
      client.hello();
      assertThat(type(phone.user(), "hello")).isEqualTo(400);
      assertThat(type(phone.user(), "1111-111O")).isEqualTo(400);
      assertThat(Trust.post(network.http(), network.sandbox().port(), "/admin/enter-code", "{}"))
          .isEqualTo(400);
      assertThat(type("15559999999", client.code())).isEqualTo(404);
    }
    assertThat(type(phone.user(), "1111-1111")).isEqualTo(404);
  }

  @Test
  void takesNoCodeWhoseTimeIsOver(@TempDir Path other) {
    NetworkLimits usual = OpenSandbox.LIMITS;
    NetworkLimits hasty =
        new NetworkLimits(
            usual.accounts(),
            usual.devicesPerAccount(),
            usual.prekeysPerDevice(),
            usual.prekeysLow(),
            usual.queuedPerDevice(),
            usual.phoneMessages(),
            usual.patchesPerCollection(),
            List.of(Duration.ofSeconds(1)),
            usual.firstNodeDelay(),
            usual.handshakePatience());
    try (OpenSandbox brief = OpenSandbox.in(other, hasty)) {
      Jid owner = brief.person("Alice", Behaviour.BEHAVIOUR_SILENT);
      try (var client = new LinkByCode(brief.sandbox(), brief.http(), credentials, owner)) {
        client.hello();
        assertThat(client.end()).isTrue();
        assertThat(LinkByCode.type(brief.http(), brief.sandbox(), owner.user(), client.code()))
            .isEqualTo(404);
      }
    }
  }

  private int type(String number, String code) {
    return LinkByCode.type(network.http(), network.sandbox(), number, code);
  }

  private LinkByCode client() {
    return client(phone);
  }

  private LinkByCode client(Jid owner) {
    return new LinkByCode(network.sandbox(), network.http(), credentials, owner);
  }
}
