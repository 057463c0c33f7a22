package dev.switchboard.sandbox.session;

import com.google.protobuf.ByteString;
import dev.switchboard.sandbox.account.DeviceAddress;
import dev.switchboard.sandbox.account.Jids;
import dev.switchboard.sandbox.link.ClientLink;
import dev.switchboard.sandbox.network.Change;
import dev.switchboard.sandbox.network.Network;
import dev.switchboard.sandbox.record.AccountRecord;
import dev.switchboard.whatsapp.wire.Jid;
import dev.switchboard.whatsapp.wire.Node;
import dev.switchboard.whatsapp.wire.NodeBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A client that wants to become a device: what it shows, and what the phone offers it. */
final class Registration {
  static final String SHOW_ID = "pair-device";
  static final String SUCCESS_ID = "pair-success";
  private static final int REFERENCE_BYTES = 96;
  private static final int CHALLENGE_BYTES = 32;
  private static final int ID_BYTES = 8;

  private final Applicant applicant;
  private final ClientLink link;
  private final PairingCertificates certificates;
  private final InstantSource clock;
  private final List<Reference> references = new ArrayList<>();
  private volatile @Nullable Offer offer;

  Registration(
      Applicant applicant, ClientLink link, PairingCertificates certificates, InstantSource clock) {
    this.applicant = applicant;
    this.link = link;
    this.certificates = certificates;
    this.clock = clock;
  }

  String pushName() {
    return applicant.pushName();
  }

  Applicant applicant() {
    return applicant;
  }

  Optional<Offer> offer() {
    return Optional.ofNullable(offer);
  }

  /** Sends the references and puts them on the desk. */
  void show(Network network, PairingDesk desk, List<Duration> lifetimes) {
    Instant expiry = clock.instant();
    for (Duration lifetime : lifetimes) {
      expiry = expiry.plus(lifetime);
      references.add(new Reference(newReference(), expiry));
    }
    references.forEach(reference -> desk.show(reference.text(), this));
    network.update(change -> change.say(link, pairDevice()));
  }

  private Node pairDevice() {
    List<Node> refs =
        references.stream()
            .map(reference -> Node.of("ref", reference.text().getBytes(StandardCharsets.UTF_8)))
            .toList();
    return request(SHOW_ID).child(Node.of("pair-device", refs)).build();
  }

  /** Whether this client shows the code now and the keys in it are its own. */
  boolean shows(QrText code) {
    Instant now = clock.instant();
    return references.stream()
            .anyMatch(reference ->
                reference.text().equals(code.reference()) && now.isBefore(reference.expiry()))
        && Arrays.equals(code.noiseKey(), applicant.noiseKey())
        && Arrays.equals(code.identity(), applicant.identity());
  }

  /**
   * A phone was let in: tells the client who it is to become, or why it is not.
   *
   * @param secret what only that phone and this client know
   */
  CompletableFuture<LinkOutcome> offer(Change change, AccountRecord account, byte[] secret) {
    if (offer != null) {
      return CompletableFuture.completedFuture(new LinkOutcome.UnknownCode());
    }
    if (!change.state().devices().hasRoom(account.getPhoneNumber())) {
      return CompletableFuture.completedFuture(new LinkOutcome.NoRoom());
    }
    int device = account.getNextDevice();
    // The number is spent even when the client refuses: no device is ever taken for another.
    change.state().accounts().put(account.toBuilder().setNextDevice(device + 1).build());
    var address = new DeviceAddress(account.getPhoneNumber(), device);
    if (certificates.needPasskey(address)) {
      change.say(link, passkeyRequest(change));
      return CompletableFuture.completedFuture(new LinkOutcome.PasskeyRequired());
    }
    return offer(change, account, address, secret);
  }

  private CompletableFuture<LinkOutcome> offer(
      Change change, AccountRecord account, DeviceAddress device, byte[] secret) {
    PairingCertificates.Certificate certificate =
        certificates.issue(account, device.device(), applicant.identity(), secret);
    var made = new Offer(account, device, certificate.details(), new CompletableFuture<>());
    offer = made;
    change.say(
        link,
        request(SUCCESS_ID)
            .attribute("t", change.state().seconds())
            .child(
                Node.of(
                    "pair-success",
                    Node.of("device-identity", certificate.sealed()),
                    Node.builder("device")
                        .attribute("jid", Jids.byNumber(account, device.device()))
                        .attribute("lid", Jids.hidden(account, device.device()))
                        .build(),
                    Node.builder("platform").attribute("name", "android").build()))
            .build());
    return made.outcome();
  }

  /** As the network asks when it links an account with a passkey only (read in public sources). */
  private Node passkeyRequest(Change change) {
    byte[] challenge = Base64.getUrlEncoder().withoutPadding().encode(random(CHALLENGE_BYTES));
    String options =
        "{\"challenge\":\"%s\",\"rpId\":\"whatsapp.com\",\"userVerification\":\"required\"}"
            .formatted(new String(challenge, StandardCharsets.US_ASCII));
    return Node.builder("notification")
        .attribute("from", Jid.WHATSAPP)
        .attribute("type", "passkey_prologue_request")
        .attribute("id", newId())
        .attribute("t", change.state().seconds())
        .child(Node.of("passkey_request_options", options.getBytes(StandardCharsets.UTF_8)))
        .build();
  }

  String newId() {
    return HexFormat.of().formatHex(random(ID_BYTES));
  }

  byte[] random(int length) {
    return certificates.random(length);
  }

  private static NodeBuilder request(String id) {
    return Node.builder("iq")
        .attribute("from", Jid.WHATSAPP)
        .attribute("type", "set")
        .attribute("id", id)
        .attribute("xmlns", "md");
  }

  private String newReference() {
    return "2@" + Base64.getEncoder().encodeToString(certificates.random(REFERENCE_BYTES));
  }

  private record Reference(String text, Instant expiry) {}

  /** What the phone offered, until the client has signed it. */
  record Offer(
      AccountRecord account,
      DeviceAddress device,
      ByteString details,
      CompletableFuture<LinkOutcome> outcome) {}
}
