package dev.switchboard.whatsapp.pairing;

import dev.switchboard.connector.RecordChange;
import dev.switchboard.model.Lid;
import dev.switchboard.model.Peer;
import dev.switchboard.model.PhoneNumber;
import dev.switchboard.whatsapp.account.Aliases;
import dev.switchboard.whatsapp.account.CredentialStore;
import dev.switchboard.whatsapp.account.Credentials;
import dev.switchboard.whatsapp.account.DeviceKeys;
import dev.switchboard.whatsapp.account.SignalRecords;
import dev.switchboard.whatsapp.signal.SignalAddress;
import dev.switchboard.whatsapp.signal.SignalException;
import dev.switchboard.whatsapp.signal.SignalUnit;
import dev.switchboard.whatsapp.wire.Jid;
import dev.switchboard.whatsapp.wire.Node;
import dev.switchboard.whatsapp.wire.WireException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the server says when a phone has scanned: checked, and as the account's first records. */
record PairSuccess(Credentials credentials, AccountProof proof) {
  /**
   * Reads and checks it.
   *
   * @throws ProofRefused when the phone's word does not hold, or parts are missing
   */
  static PairSuccess read(Node success, byte[] secret, DeviceKeys keys, SecureRandom random) {
    try {
      AccountProof proof =
          AccountProof.check(
              success.requiredChild("device-identity").bytes(),
              secret,
              keys.identity().keyPair(),
              random);
      Node device = success.requiredChild("device");
      Jid jid = Jid.parse(device.requiredAttribute("jid"));
      @Nullable Jid lid = device.jid("lid").filter(Jid::isLid).orElse(null);
      requirePerson(jid);
      String platform =
          success.child("platform").flatMap(node -> node.attribute("name")).orElse("");
      return new PairSuccess(new Credentials(keys, jid, lid, proof.forPeers(), platform), proof);
    } catch (WireException e) {
      throw new ProofRefused("bad-request");
    }
  }

  /** Everything a linked account starts with. */
  List<RecordChange> changes() {
    List<RecordChange> changes = new ArrayList<>();
    changes.add(CredentialStore.put(credentials));
    changes.add(SignalRecords.change(credentials.keys().signedPreKey().put()));
    credentials
        .knownLid()
        .ifPresent(lid ->
            changes.addAll(Aliases.put(credentials.jid().withoutDevice(), lid.withoutDevice())));
    changes.addAll(phoneIdentity());
    return changes;
  }

  Peer own() {
    return new Peer(
        new PhoneNumber(credentials.jid().user()),
        credentials.knownLid().map(lid -> new Lid(lid.user())).orElse(null));
  }

  Node pairDeviceSign() {
    return Node.of(
        "pair-device-sign",
        Node.of(
            "device-identity",
            Map.of("key-index", Integer.toString(proof.keyIndex())),
            proof.forServer()));
  }

  /** The key that signed is the identity of the own phone, device 0. */
  private List<RecordChange> phoneIdentity() {
    Jid name = credentials.knownLid().orElse(credentials.jid()).withoutDevice();
    SignalUnit unit = new SignalUnit(credentials.keys().identity(), key -> Optional.empty());
    try {
      unit.recordIdentity(new SignalAddress(name.toString(), 0), proof.accountKey());
    } catch (SignalException e) {
      throw new ProofRefused("signature-mismatch");
    }
    return SignalRecords.changes(unit.changes());
  }

  private static void requirePerson(Jid jid) {
    if (!jid.isPhoneNumber() || jid.device() == 0 || !jid.user().matches("[1-9][0-9]{4,14}")) {
      throw new ProofRefused("bad-request");
    }
  }
}
