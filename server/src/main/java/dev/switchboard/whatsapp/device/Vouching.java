package dev.switchboard.whatsapp.device;

import dev.switchboard.whatsapp.account.AccountState;
import dev.switchboard.whatsapp.account.SignalRecords;
import dev.switchboard.whatsapp.cobalt.SignedIdentity;
import dev.switchboard.whatsapp.session.RequestRefused;
import dev.switchboard.whatsapp.signal.SignalAddress;
import dev.switchboard.whatsapp.signal.SignalUnit;
import dev.switchboard.whatsapp.wire.Content;
import dev.switchboard.whatsapp.wire.Jid;
import dev.switchboard.whatsapp.wire.Node;
import dev.switchboard.whatsapp.wire.WireException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether an account vouches for a linked device that begins a session: both have signed that they
 * belong together, as WhatsApp Web asks for (read in public sources). The proof comes in {@code
 * <device-identity>}, often without the account's key: that is the identity of its phone, which is
 * known or asked for. An identity of the device that is known needs no proof any more.
 */
public final class Vouching {
  private static final Logger log = LoggerFactory.getLogger(Vouching.class);

  private final AccountState account;
  private final Sessions sessions;

  public Vouching(AccountState account, Sessions sessions) {
    this.account = account;
    this.sessions = sessions;
  }

  /**
   * Whether a session with this identity may begin. Notes in the unit what is learnt of the phone.
   *
   * @param identity the device's identity key, 32 raw bytes
   * @param parent of the proof, if there is one
   */
  public boolean holds(SignalUnit unit, Jid device, byte[] identity, Node parent, Instant at)
      throws InterruptedException {
    if (device.device() == DeviceDirectory.PHONE
        || isKnown(unit, account.address(unit, device), identity)) {
      return true;
    }
    Optional<SignedIdentity> proof = proof(parent);
    boolean holds =
        proof.isPresent()
            && holds(unit, device.withDevice(DeviceDirectory.PHONE), identity, proof.get(), at);
    if (!holds) {
      log.warn("a linked device has no proof that it belongs to its account");
    }
    return holds;
  }

  private boolean holds(
      SignalUnit unit, Jid phone, byte[] identity, SignedIdentity proof, Instant at)
      throws InterruptedException {
    SignalAddress address = account.aliases().address(phone);
    byte[] told = proof.accountSignatureKey();
    if (told.length > 0 && !isSigned(proof, told, identity)) {
      return false;
    }
    Optional<byte[]> known = unit.identityOf(address);
    if (told.length > 0 && known.isEmpty()) {
      // The first word of this person: taken as it comes, as any first identity is.
      unit.recordIdentity(address, told);
      return true;
    }
    return known.filter(key -> isSigned(proof, key, identity)).isPresent()
        || (asked(phone, known.isPresent(), at)
            && unit.identityOf(address).filter(key -> isSigned(proof, key, identity)).isPresent());
  }

  /** Asks the server for the phone's identity; it may be another one than before. */
  private boolean asked(Jid phone, boolean known, Instant at) throws InterruptedException {
    if (account.credentials().isOwnAccount(phone)) {
      return false; // The own phone was met in person.
    }
    try {
      if (known) {
        sessions.renew(phone, at);
      } else {
        account.commit(SignalRecords.changes(sessions.with(List.of(phone)).unit().changes()));
      }
      return true;
    } catch (RequestRefused | WireException e) {
      log.info("no keys of a phone whose device begins a session: {}", e.getMessage());
      return false;
    }
  }

  private static boolean isKnown(SignalUnit unit, SignalAddress address, byte[] identity) {
    return unit.identityOf(address).filter(known -> Arrays.equals(known, identity)).isPresent();
  }

  private static boolean isSigned(SignedIdentity proof, byte[] accountKey, byte[] identity) {
    try {
      return proof.isSignedByAccount(accountKey, identity)
          && proof.isSignedByDevice(accountKey, identity);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static Optional<SignedIdentity> proof(Node parent) {
    try {
      return parent
          .child("device-identity")
          .filter(node -> node.content() instanceof Content.Binary)
          .map(node -> SignedIdentity.parse(node.bytes()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
