package dev.switchboard.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.model.message.MessageId;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
  @ParameterizedTest
  @ValueSource(strings = {"a", "0", "a-b_c", "default"})
  void takesShortPlainIds(String id) {
    assertThat(new InstanceId(id)).hasToString(id);
    assertThat(new TenantId(id)).hasToString(id);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "A", "-a", "_a", "a b", "a/b", "ä", "a\n", "..", "a\u0000"})
  void refusesOtherIds(String id) {
    assertInvalid(() -> new InstanceId(id), "instance_id");
    assertInvalid(() -> new TenantId(id), "tenant_id");
  }

  @Test
  void boundsTheLengthOfIds() {
    assertThat(new InstanceId("a".repeat(63)).value()).hasSize(63);
    assertInvalid(() -> new InstanceId("a".repeat(64)), "instance_id");
    assertInvalid(() -> new TenantId("a".repeat(64)), "tenant_id");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1234",
        "0123456",
        "+15550001000",
        "1555 0001",
        "1234567890123456",
        "١٢٣٤٥٦",
        "15550001000\n"
      })
  void refusesMalformedNumber(String digits) {
    assertInvalid(() -> new PhoneNumber(digits), "phone_number");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "12a", "123456789012345678901", "-1"})
  void refusesMalformedLid(String digits) {
    assertInvalid(() -> new Lid(digits), "lid");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "3EB0\u0000", "3EB0\n", "\u007f", "\u0085"})
  void refusesMessageIdsThatStorageCannotTake(String id) {
    assertInvalid(() -> new MessageId(id), "message_id");
  }

  @Test
  void boundsTheLengthOfMessageIds() {
    assertThat(new MessageId("3".repeat(128)).value()).hasSize(128);
    assertInvalid(() -> new MessageId("3".repeat(129)), "message_id");
  }

  @Test
  void sharesANameOnlyWithWhoHasIt() {
    PhoneNumber number = new PhoneNumber("15550001234");
    Peer both = new Peer(number, new Lid("987654321"));
    assertThat(both.sharesNameWith(Peer.of(number))).isTrue();
    assertThat(Peer.of(number).sharesNameWith(both)).isTrue();
    assertThat(Peer.of(number).sharesNameWith(Peer.of(new Lid("987654321")))).isFalse();
    assertThat(Peer.of(number).sharesNameWith(Peer.of(new PhoneNumber("15550001235")))).isFalse();
  }

  @Test
  void hidesWhoIsMeant() {
    Peer peer = new Peer(new PhoneNumber("15550001234"), new Lid("987654321"));
    assertThat(peer.toString()).doesNotContain("1555000").doesNotContain("9876543");
    assertThat(new Lid("7").toString()).isEqualTo("Lid[…7]");
  }

  @Test
  void findsChatByItsNumberWhereThatIsKnown() {
    PhoneNumber number = new PhoneNumber("15550001234");
    Lid lid = new Lid("987");
    assertThat(new Peer(number, lid).canonical()).isEqualTo(Peer.of(number).canonical());
    assertThat(Peer.of(lid).canonical()).isEqualTo("987@lid");
    assertThat(number.e164()).isEqualTo("+15550001234");
    assertInvalid(() -> new Peer(null, null), "peer");
  }

  private static void assertInvalid(ThrowingCallable call, String field) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            GatewayException.class,
            e -> {
              assertThat(e.reason()).isEqualTo(Reason.INVALID_FIELD);
              assertThat(e.field()).contains(field);
            });
  }
}
