package dev.switchboard.whatsapp.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.switchboard.connector.OutboundMessage;
import dev.switchboard.model.Peer;
import dev.switchboard.model.PhoneNumber;
import dev.switchboard.model.message.MessageContent;
import dev.switchboard.model.message.MessageId;
import dev.switchboard.testing.ManualClock;
import dev.switchboard.whatsapp.MemoryHost;
import dev.switchboard.whatsapp.PublishedKeys;
import dev.switchboard.whatsapp.ScriptedServer;
import dev.switchboard.whatsapp.account.AccountState;
import dev.switchboard.whatsapp.account.AliasBook;
import dev.switchboard.whatsapp.account.Credentials;
import dev.switchboard.whatsapp.account.DeviceKeys;
import dev.switchboard.whatsapp.account.DeviceLists;
import dev.switchboard.whatsapp.account.SignalRecords;
import dev.switchboard.whatsapp.crypto.Curve;
import dev.switchboard.whatsapp.device.DeviceDirectory;
import dev.switchboard.whatsapp.device.IdentityChanges;
import dev.switchboard.whatsapp.device.Sessions;
import dev.switchboard.whatsapp.privacy.PrivacyTokens;
import dev.switchboard.whatsapp.privacy.ReachoutLocks;
import dev.switchboard.whatsapp.proto.ADVKeyIndexList;
import dev.switchboard.whatsapp.proto.ADVSignedKeyIndexList;
import dev.switchboard.whatsapp.session.StanzaStream;
import dev.switchboard.whatsapp.signal.PreKeyBundle;
import dev.switchboard.whatsapp.signal.SignalAddress;
import dev.switchboard.whatsapp.signal.SignalIdentity;
import dev.switchboard.whatsapp.signal.SignalUnit;
import dev.switchboard.whatsapp.signal.SignedPreKey;
import dev.switchboard.whatsapp.wire.Jid;
import dev.switchboard.whatsapp.wire.Node;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A phone was set up anew, and the server had no keys of it when it said so. The next message finds
 * out: it goes to the new phone and to nobody whom only the old one vouched for.
 */
class ReinstalledPhoneTest {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Jid OWN = Jid.ofPhoneNumber("15550001000");
  private static final Jid BOB = Jid.ofPhoneNumber("15550002000");
  private static final Jid BOB_LID = Jid.ofLid("100000000002000");
  private static final int LINKED = 1;
  private static final int LINKED_ANEW = 2;

  private final ManualClock clock = new ManualClock();
  private final SignalIdentity before = SignalIdentity.generate(RANDOM);
  private final SignalIdentity after = SignalIdentity.generate(RANDOM);
  private final SignalIdentity linked = SignalIdentity.generate(RANDOM);
  private final MemoryHost host = new MemoryHost();
  private final AccountState account =
      new AccountState(
          host,
          new Credentials(
              DeviceKeys.generate(RANDOM), OWN.withDevice(1), null, new byte[0], "android"));

  /** The devices that the server has keys of. */
  private final Map<Jid, SignalIdentity> published = new HashMap<>();

  private final ScriptedServer server = new ScriptedServer(this::answer);
  private final StanzaStream stream = server.stream(clock);
  private final DeviceDirectory directory =
      new DeviceDirectory(account, stream, clock, Duration.ofHours(1));
  private final Sessions sessions =
      new Sessions(account, stream, new IdentityChanges(account, host, directory), clock);

  @BeforeEach
  void meet() {
    account.commit(List.of(DeviceLists.put(OWN, List.of(1), 0, clock.instant())));
    new AliasBook(account).learn(BOB, BOB_LID);
    account.commit(List.of(DeviceLists.put(BOB, List.of(0, LINKED), 1, clock.instant())));
    established(address(0), before);
  }

  @Test
  void aDeviceThatOnlyTheOldIdentityVouchedForGetsNothing() throws Exception {
    established(address(LINKED), linked);
    reinstalled();

    send();

    assertOnlyThePhoneWasReached();
  }

  @Test
  void norIsASessionBegunWithOne() throws Exception {
    published.put(BOB.withDevice(LINKED), linked);
    reinstalled();

    send();

    assertOnlyThePhoneWasReached();
  }

  @Test
  void norIsOneTakenAlongThatWasBegunUnderTheNumber() throws Exception {
    established(new SignalAddress(BOB.toString(), LINKED), linked);
    reinstalled();

    send();

    assertOnlyThePhoneWasReached();
  }

  /** The server says so before it has the new keys; with the next message it has them. */
  private void reinstalled() throws InterruptedException {
    directory.outdate(BOB);
    sessions.renew(BOB, clock.instant());
    assertThat(account.signalUnit().hasSession(address(0))).isFalse();
    published.put(BOB, after);
  }

  private void send() throws InterruptedException {
    var message =
        new OutboundMessage(
            new MessageId("3EB0AA"),
            Peer.of(new PhoneNumber(BOB.user())),
            MessageContent.Text.outbound("text"),
            clock.instant(),
            1);
    var pending = new PendingAcks(clock, SendLimits.DEFAULT);
    new Sending(
            account,
            host,
            stream,
            directory,
            sessions,
            pending,
            new PrivacyTokens(account, stream, clock),
            new ReachoutLocks(stream, host, clock),
            SendLimits.DEFAULT,
            RANDOM)
        .send(message, new CompletableFuture<>());
  }

  private void assertOnlyThePhoneWasReached() {
    assertThat(server.said("message")).hasSize(1);
    assertThat(server.said("message").getFirst().requiredChild("participants").children("to"))
        .extracting(to -> to.requiredAttribute("jid"))
        .containsExactly(BOB.toString());
    assertThat(host.identityChangesTold()).isEqualTo(1);
    assertThat(account.signalUnit().hasSession(address(0))).isTrue();
    for (SignalAddress name : List.of(address(LINKED), new SignalAddress(BOB.toString(), LINKED))) {
      assertThat(account.signalUnit().hasSession(name)).as("a session: %s", name).isFalse();
      assertThat(account.signalUnit().identityOf(name)).as("an identity: %s", name).isEmpty();
    }
  }

  private SignalAddress address(int device) {
    return account.aliases().address(BOB.withDevice(device));
  }

  private void established(SignalAddress address, SignalIdentity with) {
    SignalUnit unit = account.signalUnit();
    unit.establish(address, PreKeyBundle.of(with, SignedPreKey.generate(with, 1, RANDOM), null));
    account.commit(SignalRecords.changes(unit.changes()));
  }

  private Optional<Node> answer(Node request) {
    return switch (request.attribute("xmlns").orElse("")) {
      case "usync" -> Optional.of(Node.of("usync", Node.of("list", signedByTheNewPhone())));
      case "encrypt" -> Optional.of(Node.of("list", keys(request)));
      default -> Optional.empty();
    };
  }

  private List<Node> keys(Node request) {
    return request.requiredChild("key").children("user").stream()
        .map(user -> user.jid("jid").orElseThrow())
        .flatMap(device ->
            Optional.ofNullable(published.get(device))
                .map(of -> PublishedKeys.of(device, of))
                .stream())
        .toList();
  }

  private Node signedByTheNewPhone() {
    ByteString details =
        ADVKeyIndexList.newBuilder()
            .setTimestamp(2)
            .setCurrentIndex(LINKED_ANEW)
            .addValidIndexes(LINKED_ANEW)
            .build()
            .toByteString();
    byte[] covered = ByteString.copyFrom(new byte[] {6, 2}).concat(details).toByteArray();
    byte[] signature = Curve.sign(after.keyPair().privateKey(), covered, RANDOM);
    byte[] list =
        ADVSignedKeyIndexList.newBuilder()
            .setDetails(details)
            .setAccountSignature(ByteString.copyFrom(signature))
            .build()
            .toByteArray();
    return Node.of(
        "user",
        Map.of("jid", BOB.toString()),
        Node.of(
            "devices",
            Node.of("device-list", device(0), device(LINKED_ANEW)),
            Node.of("key-index-list", list)),
        Node.of("lid", Map.of("val", BOB_LID.toString())));
  }

  private static Node device(int id) {
    return Node.of("device", Map.of("id", String.valueOf(id), "key-index", String.valueOf(id)));
  }
}
