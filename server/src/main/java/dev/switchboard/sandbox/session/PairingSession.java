package dev.switchboard.sandbox.session;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.switchboard.sandbox.account.AccountSignatures;
import dev.switchboard.sandbox.device.DeviceNotices;
import dev.switchboard.sandbox.link.ClientLink;
import dev.switchboard.sandbox.network.Change;
import dev.switchboard.sandbox.network.Network;
import dev.switchboard.sandbox.network.NetworkLimits;
import dev.switchboard.sandbox.network.Refusal;
import dev.switchboard.sandbox.network.StreamErrors;
import dev.switchboard.sandbox.record.DeviceRecord;
import dev.switchboard.whatsapp.proto.ADVSignedDeviceIdentity;
import dev.switchboard.whatsapp.wire.Jid;
import dev.switchboard.whatsapp.wire.Node;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.NoSuchElementException;
import java.util.Optional;

/** A connection without a login: shows codes until one is scanned, then links the device. */
final class PairingSession {
  private static final int RESTART_REQUIRED = 515;
  private static final int COMPANION_STATIC_BYTES = 32;

  private final Network network;
  private final PairingDesk desk;
  private final PairingCertificates certificates;
  private final NetworkLimits limits;
  private final InstantSource clock;
  private final DeviceNotices notices;

  PairingSession(
      Network network,
      PairingDesk desk,
      PairingCertificates certificates,
      NetworkLimits limits,
      InstantSource clock,
      DeviceNotices notices) {
    this.network = network;
    this.desk = desk;
    this.certificates = certificates;
    this.limits = limits;
    this.clock = clock;
    this.notices = notices;
  }

  /** Serves the connection until the device is linked, the client goes or the codes run out. */
  void serve(ClientLink link, Applicant applicant) throws InterruptedException {
    var registration = new Registration(applicant, link, certificates, clock);
    registration.show(network, desk, limits.qrLifetimes());
    Instant end = clock.instant().plus(limits.pairingPatience());
    var codes = new CodeRegistration(registration, desk, link, end);
    try {
      Optional<Node> next = link.receive(Duration.between(clock.instant(), end));
      while (next.isPresent()) {
        Node stanza = next.get();
        network.update(change -> handle(change, link, registration, codes, stanza));
        next = link.receive(Duration.between(clock.instant(), end));
      }
    } finally {
      desk.withdraw(registration);
      network.update(_ -> codes.close());
      registration.offer().ifPresent(offer -> offer.outcome().complete(new LinkOutcome.Refused()));
    }
  }

  private void handle(
      Change change,
      ClientLink link,
      Registration registration,
      CodeRegistration codes,
      Node stanza) {
    if (!stanza.tag().equals("iq")) {
      return;
    }
    if (stanza.has("type", "get") && stanza.has("xmlns", "w:p")) {
      change.say(link, pong(stanza));
    } else if (stanza.has("type", "set") && stanza.has("xmlns", "md")) {
      stanza.child("link_code_companion_reg").ifPresent(wish -> codes.asked(change, stanza, wish));
    } else if (stanza.has("id", Registration.SUCCESS_ID)) {
      registration.offer().ifPresent(offer -> answered(change, link, registration, offer, stanza));
    }
  }

  private void answered(
      Change change,
      ClientLink link,
      Registration registration,
      Registration.Offer offer,
      Node answer) {
    Refusal refusal =
        answer.has("type", "result") ? Refusal.DEVICE_SIGNATURE : Refusal.PAIRING_REFUSED;
    if (answer.has("type", "result") && isSigned(registration, offer, answer)) {
      change.state().devices().put(offer.device(), device(change, registration, offer));
      notices.linked(change, offer.device());
      change.say(link, StreamErrors.code(RESTART_REQUIRED));
      offer.outcome().complete(new LinkOutcome.Linked(offer.device()));
    } else {
      change.state().refusals().count(refusal);
      offer.outcome().complete(new LinkOutcome.Refused());
    }
    change.end(link);
  }

  private static boolean isSigned(
      Registration registration, Registration.Offer offer, Node answer) {
    try {
      Node signed = answer.descendant("pair-device-sign", "device-identity").orElseThrow();
      var identity = ADVSignedDeviceIdentity.parseFrom(signed.bytes());
      return identity.getDetails().equals(offer.details())
          && AccountSignatures.isSignedByDevice(
              offer.account(),
              offer.details(),
              registration.applicant().identity(),
              identity.getDeviceSignature().toByteArray());
    } catch (InvalidProtocolBufferException | NoSuchElementException e) {
      return false;
    }
  }

  private DeviceRecord device(Change change, Registration registration, Registration.Offer offer) {
    Applicant applicant = registration.applicant();
    String companionStatic =
        Base64.getEncoder().encodeToString(certificates.random(COMPANION_STATIC_BYTES));
    return DeviceRecord.newBuilder()
        .setId(offer.device().device())
        .setIdentity(ByteString.copyFrom(applicant.identity()))
        .setNoiseKey(ByteString.copyFrom(applicant.noiseKey()))
        .setRegistrationId(applicant.registrationId())
        .setSignedPrekey(applicant.signedPrekey())
        .setPushName(applicant.pushName())
        .setIdentityDetails(offer.details())
        .setCompanionStatic(ByteString.copyFromUtf8(companionStatic))
        .setLinked(change.state().clock().instant().getEpochSecond())
        .build();
  }

  private static Node pong(Node ping) {
    return Node.builder("iq")
        .attribute("from", Jid.WHATSAPP)
        .attribute("type", "result")
        .attribute("id", ping.attribute("id"))
        .build();
  }
}
