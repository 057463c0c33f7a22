package dev.switchboard.whatsapp.appstate.key;

import dev.switchboard.whatsapp.account.AccountState;
import dev.switchboard.whatsapp.account.SignalRecords;
import dev.switchboard.whatsapp.crypto.Padding;
import dev.switchboard.whatsapp.device.Sessions;
import dev.switchboard.whatsapp.proto.Message;
import dev.switchboard.whatsapp.session.StanzaStream;
import dev.switchboard.whatsapp.signal.Ciphertext;
import dev.switchboard.whatsapp.wire.Jid;
import dev.switchboard.whatsapp.wire.Node;
import dev.switchboard.whatsapp.wire.NodeBuilder;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Says something to the own phone that no person sees: a peer message. */
public final class PhoneLine {
  private static final int ID_BYTES = 9;

  private final AccountState account;
  private final StanzaStream stream;
  private final Sessions sessions;
  private final RandomGenerator random;

  public PhoneLine(
      AccountState account, StanzaStream stream, Sessions sessions, RandomGenerator random) {
    this.account = account;
    this.stream = stream;
    this.sessions = sessions;
    this.random = random;
  }

  /** Returns whether it was written: not when the phone has no keys to encrypt for. */
  boolean say(Message.ProtocolMessage content) throws InterruptedException {
    Jid phone = account.credentials().jid().withoutDevice();
    Sessions.Ready ready = sessions.with(List.of(phone));
    if (ready.ready().isEmpty()) {
      return false;
    }
    byte[] plaintext = Message.newBuilder().setProtocolMessage(content).build().toByteArray();
    Ciphertext ciphertext =
        ready.unit().encrypt(account.aliases().address(phone), Padding.add(plaintext, random));
    account.commit(SignalRecords.changes(ready.unit().changes()));
    stream.send(stanza(phone, ciphertext));
    return true;
  }

  /** As independent clients write it (read in public sources). */
  private Node stanza(Jid phone, Ciphertext ciphertext) {
    NodeBuilder stanza =
        Node.builder("message")
            .attribute("id", newId())
            .attribute("to", phone)
            .attribute("type", "protocol")
            .attribute("category", "peer")
            .attribute("push_priority", "high")
            .child(Node.of("meta", Map.of("appdata", "default")))
            .child(
                Node.builder("enc")
                    .attribute("v", "2")
                    .attribute("type", ciphertext.type().wireName())
                    .bytes(ciphertext.bytes())
                    .build());
    if (ciphertext.type() == Ciphertext.Type.PREKEY) {
      stanza.child(Node.of("device-identity", account.credentials().deviceIdentity()));
    }
    return stanza.build();
  }

  private String newId() {
    byte[] bytes = new byte[ID_BYTES];
    random.nextBytes(bytes);
    return "3EB0" + HexFormat.of().withUpperCase().formatHex(bytes);
  }
}
