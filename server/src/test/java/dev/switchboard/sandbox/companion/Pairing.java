package dev.switchboard.sandbox.companion;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.switchboard.sandbox.Sandbox;
import dev.switchboard.whatsapp.crypto.Curve;
import dev.switchboard.whatsapp.crypto.Hmac;
import dev.switchboard.whatsapp.proto.ADVSignedDeviceIdentity;
import dev.switchboard.whatsapp.proto.ADVSignedDeviceIdentityHMAC;
import dev.switchboard.whatsapp.wire.Jid;
import dev.switchboard.whatsapp.wire.Node;
import dev.switchboard.whatsapp.wire.NodeBuilder;
import java.net.http.HttpClient;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Links a device: shows a code, has it scanned, checks what the phone signed and signs back. */
public final class Pairing implements AutoCloseable {
  private final Sandbox sandbox;
  private final HttpClient http;
  private final Credentials credentials;
  private final CompanionSocket socket;
  private UnaryOperator<byte[]> signature = UnaryOperator.identity();

  public Pairing(Sandbox sandbox, HttpClient http, Credentials credentials) {
    this.sandbox = sandbox;
    this.http = http;
    this.credentials = credentials;
    this.socket =
        CompanionSocket.open(http, sandbox, credentials.noise(), credentials.registration());
  }

  /** What the phone made of the device, and how the server let it go. */
  public record Linked(Jid jid, ByteString identity, Optional<Node> farewell) {}

  /** Changes what this device signs. */
  public Pairing signing(UnaryOperator<byte[]> forgery) {
    signature = forgery;
    return this;
  }

  /** The QR code that this device shows; empty when the server does not want it. */
  public Optional<String> code() {
    Optional<Node> offer = socket.receive().filter(node -> node.tag().equals("iq"));
    return offer.map(node -> {
      socket.send(result(node).build());
      String reference = node.descendant("pair-device", "ref").orElseThrow().text();
      return String.join(
          ",",
          reference,
          base64(credentials.noise().publicKey()),
          base64(credentials.identity().keyPair().publicKey()),
          base64(credentials.advertisedSecret()),
          "1");
    });
  }

  public int scan(String code) {
    return Trust.post(http, sandbox.port(), "/admin/mock-phone/scan-qr", code);
  }

  /** Shows, has scanned, and finishes. */
  public Linked link() throws InvalidProtocolBufferException {
    scan(code().orElseThrow());
    return finish();
  }

  public Linked finish() throws InvalidProtocolBufferException {
    Node request = socket.receive().orElseThrow();
    Node success = request.requiredChild("pair-success");
    ADVSignedDeviceIdentity signed = checked(success.requiredChild("device-identity").bytes());
    ADVSignedDeviceIdentity complete =
        signed.toBuilder()
            .setDeviceSignature(ByteString.copyFrom(signature.apply(sign(signed))))
            .build();
    ByteString answer = complete.toBuilder().clearAccountSignatureKey().build().toByteString();
    socket.send(
        result(request)
            .child(Node.of("pair-device-sign", Node.of("device-identity", answer.toByteArray())))
            .build());
    Jid jid = success.requiredChild("device").jid("jid").orElseThrow();
    return new Linked(jid, complete.toByteString(), socket.receive());
  }

  private ADVSignedDeviceIdentity checked(byte[] sealed) throws InvalidProtocolBufferException {
    var outer = ADVSignedDeviceIdentityHMAC.parseFrom(sealed);
    byte[] details = outer.getDetails().toByteArray();
    if (!Hmac.matches(
        Hmac.sha256(credentials.advertisedSecret(), details), outer.getHmac().toByteArray())) {
      throw new AssertionError("the HMAC is wrong");
    }
    var signed = ADVSignedDeviceIdentity.parseFrom(details);
    boolean sound =
        Curve.verify(
            signed.getAccountSignatureKey().toByteArray(),
            message(new byte[] {6, 0}, signed),
            signed.getAccountSignature().toByteArray());
    if (!sound) {
      throw new AssertionError("the account signature is wrong");
    }
    return signed;
  }

  private byte[] sign(ADVSignedDeviceIdentity signed) {
    byte[] message =
        ByteString.copyFrom(message(new byte[] {6, 1}, signed))
            .concat(signed.getAccountSignatureKey())
            .toByteArray();
    return Curve.sign(credentials.identity().keyPair().privateKey(), message, new SecureRandom());
  }

  private byte[] message(byte[] prefix, ADVSignedDeviceIdentity signed) {
    return ByteString.copyFrom(prefix)
        .concat(signed.getDetails())
        .concat(ByteString.copyFrom(credentials.identity().keyPair().publicKey()))
        .toByteArray();
  }

  private static NodeBuilder result(Node request) {
    return Node.builder("iq")
        .attribute("to", Jid.WHATSAPP)
        .attribute("type", "result")
        .attribute("id", request.requiredAttribute("id"));
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  @Override
  public void close() {
    socket.close();
  }
}
