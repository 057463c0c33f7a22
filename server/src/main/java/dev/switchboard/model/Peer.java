package dev.switchboard.model;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A person on the other side, under every name that is known of them; at least one is. */
public record Peer(@Nullable PhoneNumber phoneNumber, @Nullable Lid lid) {
  public Peer {
    if (phoneNumber == null && lid == null) {
      throw GatewayException.invalidField("peer", "names nobody");
    }
  }

  public static Peer of(PhoneNumber phoneNumber) {
    return new Peer(phoneNumber, null);
  }

  public static Peer of(Lid lid) {
    return new Peer(null, lid);
  }

  public Optional<PhoneNumber> knownPhoneNumber() {
    return Optional.ofNullable(phoneNumber);
  }

  public Optional<Lid> knownLid() {
    return Optional.ofNullable(lid);
  }

  /** Whether the two are surely one person: they have a name in common. */
  public boolean sharesNameWith(Peer other) {
    return (phoneNumber != null && phoneNumber.equals(other.phoneNumber))
        || (lid != null && lid.equals(other.lid));
  }

  /**
   * Whether nothing speaks against the two being one person: they share a name, or each is known by
   * the kind of name that the other lacks. A receipt may come from a LID whose phone number is not
   * known yet.
   */
  public boolean mayBe(Peer other) {
    boolean bothNumbers = phoneNumber != null && other.phoneNumber != null;
    boolean bothLids = lid != null && other.lid != null;
    return sharesNameWith(other) || (!bothNumbers && !bothLids);
  }

  /**
   * The name by which one chat is found again: the phone number where it is known, since that is
   * what senders know before the network has answered anything, otherwise the LID.
   */
  public String canonical() {
    return phoneNumber != null
        ? phoneNumber.digits() + "@s.whatsapp.net"
        : knownLid().orElseThrow().digits() + "@lid";
  }
}
