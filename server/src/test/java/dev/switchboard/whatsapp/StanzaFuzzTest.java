package dev.switchboard.whatsapp;

import dev.switchboard.model.AccountKey;
import dev.switchboard.model.InstanceId;
import dev.switchboard.model.TenantId;
import dev.switchboard.whatsapp.account.AccountState;
import dev.switchboard.whatsapp.account.Credentials;
import dev.switchboard.whatsapp.account.DeviceKeys;
import dev.switchboard.whatsapp.account.SignalRecords;
import dev.switchboard.whatsapp.crypto.Padding;
import dev.switchboard.whatsapp.fuzz.Fuzz;
import dev.switchboard.whatsapp.fuzz.Mutator;
import dev.switchboard.whatsapp.fuzz.Payloads;
import dev.switchboard.whatsapp.health.Heals;
import dev.switchboard.whatsapp.link.Mail;
import dev.switchboard.whatsapp.link.Mailbox;
import dev.switchboard.whatsapp.link.StanzaLink;
import dev.switchboard.whatsapp.media.MediaClient;
import dev.switchboard.whatsapp.media.MediaLimits;
import dev.switchboard.whatsapp.session.Endings;
import dev.switchboard.whatsapp.session.RequestIds;
import dev.switchboard.whatsapp.session.SessionEnded;
import dev.switchboard.whatsapp.session.StanzaStream;
import dev.switchboard.whatsapp.signal.Ciphertext;
import dev.switchboard.whatsapp.signal.PreKeyBundle;
import dev.switchboard.whatsapp.signal.SignalUnit;
import dev.switchboard.whatsapp.socket.ChannelDialer;
import dev.switchboard.whatsapp.socket.SocketDialer;
import dev.switchboard.whatsapp.socket.SocketLoops;
import dev.switchboard.whatsapp.socket.TlsTrust;
import dev.switchboard.whatsapp.wire.Jid;
import dev.switchboard.whatsapp.wire.Node;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A linked account and a server that sends hostile stanzas: some hold payloads that decrypt, and
 * what the account asks meanwhile is answered as badly. Nothing but the session's end gets out.
 */
@Timeout(900)
class StanzaFuzzTest {
  private static final Jid OWN = Jid.parse("15550001000:5@s.whatsapp.net");
  private static final Jid PHONE = Jid.parse("15550001000@s.whatsapp.net");
  private static final Jid PEER = Jid.parse("15550002000:3@s.whatsapp.net");
  private static final int FRESH_AFTER = 1_000;

  private final SecureRandom random = new SecureRandom();
  private final SocketLoops loops = new SocketLoops(1);
  private final Engine engine =
      new Engine(
          WhatsAppConfig.whatsApp(),
          new SocketDialer(loops, TlsTrust.system()),
          new MediaClient(
              new ChannelDialer(loops, TlsTrust.system()),
              MediaLimits.DEFAULT,
              "https://localhost"),
          InstantSource.system(),
          random);
  private @Nullable Scene scene;

  @AfterEach
  void close() {
    loops.close();
  }

  @Test
  void onlyTheSessionsEndGetsOut() {
    Fuzz.of("stanzas", 3_000)
        .run((mutator, round) -> {
          Scene now = scene;
          if (now == null || round % FRESH_AFTER == 0) {
            now = new Scene(mutator);
            scene = now;
          }
          return now.take(now.stanza(round));
        });
  }

  /** An account with two devices that write to it, and the server in between. */
  private final class Scene implements StanzaLink {
    private final Mutator mutator;
    private final MemoryHost host = new MemoryHost();
    private final Sender peer;
    private final Sender phone;
    private final LinkedAccount account;
    private @Nullable Node asked;

    Scene(Mutator mutator) {
      this.mutator = mutator;
      DeviceKeys keys = DeviceKeys.generate(random);
      PreKeyBundle bundle = PreKeyBundle.of(keys.identity(), keys.signedPreKey(), null);
      peer = new Sender(PEER, bundle);
      phone = new Sender(PHONE, bundle);
      StanzaStream stream =
          new StanzaStream(
              this,
              engine.config().session(),
              new Endings(engine.clock()),
              engine.clock(),
              new RequestIds(random));
      account =
          new LinkedAccount(
              new AccountKey(TenantId.DEFAULT, new InstanceId("fuzzed")),
              engine,
              host,
              new Credentials(keys, OWN, null, new byte[] {1}, "android"),
              stream,
              new Heals(engine.config().session().health()),
              new Mailbox(1, 1));
    }

    /** Whether something came of the stanza that is kept. */
    boolean take(Node stanza) throws InterruptedException {
      int before = host.messages.size() + host.receipts.size();
      try {
        account.handle(stanza);
      } catch (SessionEnded e) {
        // What a connection may end with.
      }
      return host.messages.size() + host.receipts.size() > before;
    }

    Node stanza(int round) {
      return mutator.change(
          switch (round % 8) {
            case 0, 1, 2 -> message(peer, round);
            case 3 -> message(phone, round);
            case 4 -> receipt(round);
            case 5 -> retry(round);
            case 6 -> devices(round);
            default -> keys(round);
          });
    }

    private Node message(Sender sender, int round) {
      byte[] plain = mutator.change(mutator.oneOf(Payloads.messages()).toByteArray());
      Ciphertext encrypted = sender.encrypt(mutator.once(9) ? plain : padded(plain));
      return Node.of(
          "message",
          Map.of("id", "3EB0" + round, "from", sender.jid.toString(), "t", "1700000000"),
          Node.of("enc", Map.of("v", "2", "type", encrypted.type().wireName()), encrypted.bytes()));
    }

    private byte[] padded(byte[] plain) {
      return Padding.add(plain, random);
    }

    private static Node receipt(int round) {
      return Node.of(
          "receipt",
          Map.of("id", "3EB0" + round, "from", PEER.toString(), "type", "read", "t", "1700000000"),
          Node.of("list", Node.of("item", Map.of("id", "3EB0A" + round))));
    }

    private static Node retry(int round) {
      return Node.of(
          "receipt",
          Map.of("id", "3EB0" + round, "from", PEER.toString(), "type", "retry", "t", "1"),
          Node.of("retry", Map.of("count", "2", "id", "3EB0" + round, "t", "1", "v", "1")),
          Node.of("registration", new byte[] {0, 0, 1, 2}),
          Node.of(
              "keys",
              Node.of("type", new byte[] {5}),
              Node.of("identity", new byte[32]),
              Node.of("key", Node.of("id", new byte[3]), Node.of("value", new byte[32])),
              Node.of(
                  "skey",
                  Node.of("id", new byte[3]),
                  Node.of("value", new byte[32]),
                  Node.of("signature", new byte[64]))));
    }

    private static Node devices(int round) {
      return Node.of(
          "notification",
          Map.of(
              "id", String.valueOf(round),
              "type", round % 16 == 6 ? "devices" : "account_sync",
              "from", "15550002000@s.whatsapp.net",
              "lid", "100000000002000@lid",
              "t", "1700000000"),
          Node.of("remove", Node.of("device", Map.of("jid", PEER.toString()))),
          Node.of("update", Map.of("hash", "abcd")),
          Node.of("devices", Map.of("dhash", "2:abcd")));
    }

    private static Node keys(int round) {
      return Node.of(
          "notification",
          Map.of("id", String.valueOf(round), "type", "encrypt", "from", PEER.toString()),
          round % 16 == 7 ? Node.of("identity") : Node.of("count", Map.of("value", "3")));
    }

    @Override
    public void send(Node node) {
      boolean request =
          node.tag().equals("iq") && (node.has("type", "get") || node.has("type", "set"));
      asked = request ? node : asked;
    }

    /** The answer to what was asked, changed in all but its id. */
    @Override
    public @Nullable Node poll() {
      Node request = asked;
      asked = null;
      if (request == null) {
        return null;
      }
      Node answer = mutator.change(answer(request));
      return Node.of(
          "iq",
          Map.of(
              "id", request.requiredAttribute("id"), "type", mutator.once(9) ? "error" : "result"),
          answer.children());
    }

    private static Node answer(Node request) {
      if (request.child("usync").isPresent()) {
        return Node.of(
            "iq",
            Node.of(
                "usync",
                Node.of(
                    "list",
                    Node.of(
                        "user",
                        Map.of("jid", "15550002000@s.whatsapp.net"),
                        Node.of(
                            "devices",
                            Node.of(
                                "device-list",
                                Node.of("device", Map.of("id", "0")),
                                Node.of("device", Map.of("id", "3", "key-index", "1")))),
                        Node.of("lid", Map.of("val", "100000000002000@lid"))))));
      }
      return Node.of(
          "iq",
          Node.of("count", Map.of("value", "3")),
          Node.of("list", Node.of("user", Map.of("jid", PEER.toString()))));
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

  /** A device with a session of its own. */
  private final class Sender {
    private final Jid jid;
    private final AccountState state;

    Sender(Jid jid, PreKeyBundle bundle) {
      this.jid = jid;
      state =
          new AccountState(
              new MemoryHost(),
              new Credentials(DeviceKeys.generate(random), jid, null, new byte[] {1}, ""));
      SignalUnit unit = state.signalUnit();
      unit.establish(state.aliases().address(OWN), bundle);
      state.commit(SignalRecords.changes(unit.changes()));
    }

    Ciphertext encrypt(byte[] padded) {
      SignalUnit unit = state.signalUnit();
      Ciphertext encrypted = unit.encrypt(state.aliases().address(OWN), padded);
      state.commit(SignalRecords.changes(unit.changes()));
      return encrypted;
    }
  }
}
