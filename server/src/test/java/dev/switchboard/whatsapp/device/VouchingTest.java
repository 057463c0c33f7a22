package dev.switchboard.whatsapp.device;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.switchboard.whatsapp.MemoryHost;
import dev.switchboard.whatsapp.PublishedKeys;
import dev.switchboard.whatsapp.account.AccountState;
import dev.switchboard.whatsapp.account.Credentials;
import dev.switchboard.whatsapp.account.DeviceKeys;
import dev.switchboard.whatsapp.account.SignalRecords;
import dev.switchboard.whatsapp.cobalt.SignedIdentity;
import dev.switchboard.whatsapp.crypto.Curve;
import dev.switchboard.whatsapp.crypto.KeyPair;
import dev.switchboard.whatsapp.link.Mail;
import dev.switchboard.whatsapp.link.StanzaLink;
import dev.switchboard.whatsapp.proto.ADVDeviceIdentity;
import dev.switchboard.whatsapp.session.Endings;
import dev.switchboard.whatsapp.session.RequestIds;
import dev.switchboard.whatsapp.session.SessionLimits;
import dev.switchboard.whatsapp.session.StanzaStream;
import dev.switchboard.whatsapp.signal.SignalIdentity;
import dev.switchboard.whatsapp.signal.SignalUnit;
import dev.switchboard.whatsapp.wire.Jid;
import dev.switchboard.whatsapp.wire.Node;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class VouchingTest {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
  private static final InstantSource CLOCK = InstantSource.fixed(NOON);
  private static final Jid OWN = Jid.ofPhoneNumber("15550001000");
  private static final Jid PHONE = Jid.ofPhoneNumber("15550002000");
  private static final Jid LINKED = PHONE.withDevice(5);

  private final SignalIdentity phone = SignalIdentity.generate(RANDOM);
  private final KeyPair device = KeyPair.generate(RANDOM);
  private final MemoryHost host = new MemoryHost();
  private final AccountState account =
      new AccountState(
          host,
          new Credentials(
              DeviceKeys.generate(RANDOM), OWN.withDevice(1), null, new byte[0], "android"));
  private final Server server = new Server();
  private final StanzaStream stream =
      new StanzaStream(
          server, SessionLimits.DEFAULT, new Endings(CLOCK), CLOCK, new RequestIds(RANDOM));
  private final Vouching vouching = new Vouching(account, sessions());

  @Test
  void aPhoneNeedsNoProof() throws Exception {
    assertThat(holds(account.signalUnit(), PHONE, Node.of("message"))).isTrue();
  }

  @Test
  void aProofOfSomebodyUnknownIsTakenAndTellsThePhonesIdentity() throws Exception {
    SignalUnit unit = account.signalUnit();

    assertThat(holds(unit, LINKED, carrying(proof(phone.keyPair(), device)))).isTrue();

    assertThat(unit.identityOf(account.aliases().address(PHONE))).contains(publicKey(phone));
    assertThat(server.asked).isZero();
  }

  @Test
  void aProofWithoutTheAccountsKeyIsCheckedAgainstThePhoneThatIsKnown() throws Exception {
    know(PHONE, publicKey(phone));
    KeyPair other = KeyPair.generate(RANDOM);

    assertThat(holds(LINKED, proof(phone.keyPair(), device).withoutAccountKey())).isTrue();
    server.identity = phone;
    assertThat(holds(LINKED, proof(other, device).withoutAccountKey())).isFalse();
  }

  @Test
  void thePhoneIsAskedForWhenNeitherTheProofNorAnybodyTellsItsIdentity() throws Exception {
    server.identity = phone;

    assertThat(holds(LINKED, proof(phone.keyPair(), device).withoutAccountKey())).isTrue();
    assertThat(server.asked).isEqualTo(1);
  }

  @Test
  void thePhoneIsAskedForWhenTheProofNamesAnotherThanIsKnown() throws Exception {
    know(PHONE, publicKey(SignalIdentity.generate(RANDOM)));
    server.identity = phone;

    assertThat(holds(LINKED, proof(phone.keyPair(), device))).isTrue();

    assertThat(account.signalUnit().identityOf(account.aliases().address(PHONE)))
        .contains(publicKey(phone));
    assertThat(host.identityChangesTold()).isEqualTo(1);
  }

  @Test
  void aProofOfAnAccountThatThePhoneIsNotOfIsRefused() throws Exception {
    know(PHONE, publicKey(phone));
    server.identity = phone;

    assertThat(holds(LINKED, proof(KeyPair.generate(RANDOM), device))).isFalse();
  }

  @Test
  void anotherIdentityThanTheOneThatWasSignedIsRefused() throws Exception {
    know(PHONE, publicKey(phone));

    assertThat(holds(LINKED, proof(phone.keyPair(), KeyPair.generate(RANDOM)))).isFalse();
    assertThat(server.asked).isZero();
  }

  @Test
  void aProofThatTheDeviceDidNotSignIsRefused() throws Exception {
    know(PHONE, publicKey(phone));
    SignedIdentity unsigned = vouchedFor(phone.keyPair(), device);
    SignedIdentity signedByAnother = unsigned.signedBy(KeyPair.generate(RANDOM), RANDOM);

    assertThat(holds(LINKED, unsigned)).isFalse();
    assertThat(holds(LINKED, signedByAnother)).isFalse();
  }

  @Test
  void nothingAndNonsenseProveNothing() throws Exception {
    SignalUnit unit = account.signalUnit();

    assertThat(holds(unit, LINKED, Node.of("message"))).isFalse();
    for (byte[] bytes : new byte[][] {{}, {1}, {10, 100, 1}, {10, 1, 8}}) {
      Node nonsense = Node.of("message", Node.of("device-identity", bytes));
      assertThat(holds(unit, LINKED, nonsense)).as(Arrays.toString(bytes)).isFalse();
    }
    assertThat(unit.changes()).isEmpty();
  }

  @Test
  void anIdentityThatIsKnownNeedsNoProofAnyMore() throws Exception {
    know(LINKED, device.publicKey());

    assertThat(holds(account.signalUnit(), LINKED, Node.of("message"))).isTrue();
  }

  @Test
  void theOwnPhoneIsTakenFromNobody() throws Exception {
    know(OWN, publicKey(phone));
    server.identity = SignalIdentity.generate(RANDOM);

    assertThat(holds(OWN.withDevice(2), proof(phone.keyPair(), device))).isTrue();
    assertThat(holds(OWN.withDevice(3), proof(server.identity.keyPair(), device))).isFalse();
    assertThat(server.asked).isZero();
  }

  private boolean holds(Jid from, SignedIdentity proof) throws InterruptedException {
    return holds(account.signalUnit(), from, carrying(proof));
  }

  private boolean holds(SignalUnit unit, Jid from, Node parent) throws InterruptedException {
    return vouching.holds(unit, from, device.publicKey(), parent, NOON);
  }

  private Sessions sessions() {
    var directory = new DeviceDirectory(account, stream, CLOCK, Duration.ofHours(1));
    return new Sessions(account, stream, new IdentityChanges(account, host, directory), CLOCK);
  }

  private void know(Jid jid, byte[] identity) {
    SignalUnit unit = account.signalUnit();
    unit.recordIdentity(account.aliases().address(jid), identity);
    account.commit(SignalRecords.changes(unit.changes()));
  }

  private static Node carrying(SignedIdentity proof) {
    return Node.of("message", Node.of("device-identity", proof.encode()));
  }

  private static SignedIdentity proof(KeyPair phone, KeyPair device) {
    return vouchedFor(phone, device).signedBy(device, RANDOM);
  }

  private static SignedIdentity vouchedFor(KeyPair phone, KeyPair device) {
    byte[] details =
        ADVDeviceIdentity.newBuilder().setRawId(7).setKeyIndex(5).build().toByteArray();
    byte[] message =
        ByteString.copyFrom(new byte[] {6, 0})
            .concat(ByteString.copyFrom(details))
            .concat(ByteString.copyFrom(device.publicKey()))
            .toByteArray();
    byte[] signature = Curve.sign(phone.privateKey(), message, RANDOM);
    return new SignedIdentity(details, phone.publicKey(), signature, new byte[0]);
  }

  private static byte[] publicKey(SignalIdentity of) {
    return of.keyPair().publicKey();
  }

  /** Gives out keys of the phone, if it has one. */
  private static final class Server implements StanzaLink {
    private final Deque<Node> answers = new ArrayDeque<>();
    private @Nullable SignalIdentity identity;
    private int asked;

    @Override
    public void send(Node node) {
      asked++;
      Node list =
          identity == null ? Node.of("list") : Node.of("list", PublishedKeys.of(PHONE, identity));
      String id = node.requiredAttribute("id");
      answers.add(
          Node.builder("iq").attribute("id", id).attribute("type", "result").child(list).build());
    }

    @Override
    public @Nullable Node poll() {
      return answers.poll();
    }

    @Override
    public void feed(byte[] piece) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Mail await(Duration patience, boolean withOrders) {
      return new Mail.Nothing();
    }
  }
}
