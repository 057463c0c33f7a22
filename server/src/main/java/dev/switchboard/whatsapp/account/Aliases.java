package dev.switchboard.whatsapp.account;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.switchboard.connector.AccountRecords;
import dev.switchboard.connector.RecordChange;
import dev.switchboard.connector.RecordKey;
import dev.switchboard.connector.RecordKind;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Lid;
import dev.switchboard.model.Peer;
import dev.switchboard.model.PhoneNumber;
import dev.switchboard.whatsapp.signal.SignalAddress;
import dev.switchboard.whatsapp.wire.Jid;
import java.util.List;
import java.util.Optional;

/** Which phone number and which hidden id are the same person. */
public final class Aliases {
  private final AccountRecords records;

  public Aliases(AccountRecords records) {
    this.records = records;
  }

  /** The hidden id of a person given by either name; without a device. */
  public Optional<Jid> lidOf(Jid person) {
    if (person.isLid()) {
      return Optional.of(Jid.ofLid(person.user()));
    }
    return read(ofNumber(person.user())).map(Jid::ofLid);
  }

  /** The phone number of a person given by either name; without a device. */
  public Optional<Jid> phoneNumberOf(Jid person) {
    if (person.isPhoneNumber()) {
      return Optional.of(Jid.ofPhoneNumber(person.user()));
    }
    return read(ofLid(person.user())).map(Jid::ofPhoneNumber);
  }

  /**
   * The name under which Signal's state of a device is kept: its LID where one is known, since that
   * is what both sides can agree on (read in public sources).
   */
  public SignalAddress address(Jid device) {
    Jid name = lidOf(device).orElse(device.withoutDevice());
    return new SignalAddress(name.withoutDevice().toString(), device.device());
  }

  /** How a direct chat is addressed: by number where it is known, as independent clients do. */
  public Jid chat(Peer to) {
    return to.knownPhoneNumber()
        .map(number -> Jid.ofPhoneNumber(number.digits()))
        .or(() -> to.knownLid().map(lid -> Jid.ofLid(lid.digits())))
        .map(jid -> phoneNumberOf(jid).orElse(jid))
        .orElseThrow();
  }

  /** The person under every name known; empty when the JID names no person. */
  public Optional<Peer> peer(Jid jid) {
    if (!jid.isLid() && !jid.isPhoneNumber()) {
      return Optional.empty();
    }
    try {
      PhoneNumber number =
          phoneNumberOf(jid).map(known -> new PhoneNumber(known.user())).orElse(null);
      Lid lid = lidOf(jid).map(known -> new Lid(known.user())).orElse(null);
      return Optional.of(new Peer(number, lid));
    } catch (GatewayException e) {
      // Server accounts have users that are no phone number: nobody can be written to there.
      return Optional.empty();
    }
  }

  /** The changes that make the first names known; {@link AliasBook} takes note of all others. */
  public static List<RecordChange> put(Jid phoneNumber, Jid lid) {
    return List.of(
        new RecordChange.Put(ofNumber(phoneNumber.user()), lid.user().getBytes(UTF_8)),
        new RecordChange.Put(ofLid(lid.user()), phoneNumber.user().getBytes(UTF_8)));
  }

  /** The record that leads from a phone number to the hidden id. */
  static RecordKey ofNumber(String user) {
    return new RecordKey(RecordKind.ALIAS, "pn:" + user);
  }

  /** The record that leads from a hidden id to the phone number. */
  static RecordKey ofLid(String user) {
    return new RecordKey(RecordKind.ALIAS, "lid:" + user);
  }

  private Optional<String> read(RecordKey key) {
    return records.read(key).map(value -> new String(value, UTF_8));
  }
}
