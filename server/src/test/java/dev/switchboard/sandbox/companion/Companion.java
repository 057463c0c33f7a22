package dev.switchboard.sandbox.companion;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.switchboard.sandbox.Sandbox;
import dev.switchboard.whatsapp.crypto.Padding;
import dev.switchboard.whatsapp.proto.Message;
import dev.switchboard.whatsapp.signal.Ciphertext;
import dev.switchboard.whatsapp.signal.PreKey;
import dev.switchboard.whatsapp.signal.PreKeyBundle;
import dev.switchboard.whatsapp.signal.SignalAddress;
import dev.switchboard.whatsapp.signal.SignalChange;
import dev.switchboard.whatsapp.signal.SignalRecordKey;
import dev.switchboard.whatsapp.signal.SignalUnit;
import dev.switchboard.whatsapp.wire.Jid;
import dev.switchboard.whatsapp.wire.Node;
import dev.switchboard.whatsapp.wire.NodeBuilder;
import java.math.BigInteger;
import java.net.http.HttpClient;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** A linked device that sends and reads texts; everything it knows is in memory. */
public final class Companion implements AutoCloseable {
  private static final int PREKEYS = 20;

  private final SecureRandom random = new SecureRandom();
  private final Map<SignalRecordKey, byte[]> records = new HashMap<>();
  private final Deque<Node> unread = new ArrayDeque<>();
  private final Credentials credentials;
  private final Jid jid;
  private final ByteString identity;
  private CompanionSocket socket;
  private int requests;

  private Companion(
      HttpClient http, Sandbox sandbox, Credentials credentials, Pairing.Linked linked) {
    this.credentials = credentials;
    this.jid = linked.jid();
    this.identity = linked.identity();
    apply(List.of(credentials.signedPreKey().put()));
    this.socket = connect(http, sandbox);
  }

  /** Links a new device to the phone of that name, logs in and uploads prekeys. */
  public static Companion link(HttpClient http, Sandbox sandbox, String name)
      throws InvalidProtocolBufferException {
    Credentials credentials = Credentials.generate(name, new SecureRandom());
    try (var pairing = new Pairing(sandbox, http, credentials)) {
      var companion = new Companion(http, sandbox, credentials, pairing.link());
      companion.await(node -> node.tag().equals("success"));
      companion.uploadPreKeys();
      return companion;
    }
  }

  /** Logs in again, here or at a sandbox that took over. */
  public void reconnect(HttpClient http, Sandbox sandbox) {
    socket.close();
    unread.clear();
    socket = connect(http, sandbox);
    await(node -> node.tag().equals("success"));
  }

  /** A second connection of the same device. */
  public CompanionSocket anotherSocket(HttpClient http, Sandbox sandbox) {
    return connect(http, sandbox);
  }

  private CompanionSocket connect(HttpClient http, Sandbox sandbox) {
    return CompanionSocket.open(http, sandbox, credentials.noise(), credentials.login(jid));
  }

  public Jid jid() {
    return jid;
  }

  public Credentials credentials() {
    return credentials;
  }

  public CompanionSocket socket() {
    return socket;
  }

  /** The answer to a request. */
  public Node request(String xmlns, String type, Node content) {
    String id = "request-" + ++requests;
    socket.send(
        Node.builder("iq")
            .attribute("id", id)
            .attribute("to", Jid.WHATSAPP)
            .attribute("xmlns", xmlns)
            .attribute("type", type)
            .child(content)
            .build());
    return await(node -> node.tag().equals("iq") && node.has("id", id));
  }

  /** The next stanza that fits; what comes before it is kept for later. */
  public Node await(Predicate<Node> wanted) {
    for (Node node : unread) {
      if (wanted.test(node)) {
        unread.remove(node);
        return node;
      }
    }
    while (true) {
      Node node = socket.receive().orElseThrow(() -> new AssertionError("connection closed"));
      if (wanted.test(node)) {
        return node;
      }
      unread.add(node);
    }
  }

  /** The answer to an upload of prekeys with the signed prekey given. */
  public Node uploadPreKeys() {
    List<PreKey> fresh = PreKey.generate(1, PREKEYS, random);
    fresh.forEach(prekey -> apply(List.of(prekey.put())));
    List<Node> keys =
        fresh.stream()
            .map(prekey ->
                Node.of(
                    "key",
                    Node.of("id", Credentials.bytes(prekey.id(), 3).toByteArray()),
                    Node.of("value", prekey.keyPair().publicKey())))
            .toList();
    String id = "request-" + ++requests;
    socket.send(
        Node.builder("iq")
            .attribute("id", id)
            .attribute("to", Jid.WHATSAPP)
            .attribute("xmlns", "encrypt")
            .attribute("type", "set")
            .child(Node.of("identity", credentials.identity().keyPair().publicKey()))
            .child(Node.of("list", keys))
            .child(signedPreKey(credentials))
            .build());
    return await(node -> node.tag().equals("iq") && node.has("id", id));
  }

  /** How a signed prekey looks inside of stanzas. */
  public static Node signedPreKey(Credentials of) {
    return Node.of(
        "skey",
        Node.of("id", Credentials.bytes(of.signedPreKey().id(), 3).toByteArray()),
        Node.of("value", of.signedPreKey().keyPair().publicKey()),
        Node.of("signature", of.signedPreKey().signature()));
  }

  /** Sends a text to those devices and gives the acknowledgement. */
  public Node send(String id, String text, Jid to, List<Jid> devices) {
    return send(message(id, text, to, devices).child(deviceIdentity()).build());
  }

  public Node send(Node message) {
    socket.send(message);
    return await(node -> node.tag().equals("ack") && node.has("class", "message"));
  }

  /** A message without what vouches for the device. */
  public NodeBuilder message(String id, String text, Jid to, List<Jid> devices) {
    byte[] plaintext = Message.newBuilder().setConversation(text).build().toByteArray();
    List<Node> parts = devices.stream().map(device -> part(device, plaintext)).toList();
    return Node.builder("message")
        .attribute("id", id)
        .attribute("to", to)
        .attribute("type", "text")
        .child(Node.of("participants", parts));
  }

  public Node deviceIdentity() {
    return Node.of("device-identity", identity.toByteArray());
  }

  private Node part(Jid device, byte[] plaintext) {
    SignalAddress address = address(device);
    if (unit().hasSession(address)) {
      return part(device, unit(), address, plaintext);
    }
    PreKeyBundle bundle = bundle(device);
    SignalUnit unit = unit();
    unit.establish(address, bundle);
    return part(device, unit, address, plaintext);
  }

  private Node part(Jid device, SignalUnit unit, SignalAddress address, byte[] plaintext) {
    Ciphertext sealed = unit.encrypt(address, Padding.add(plaintext, random));
    apply(unit.changes());
    return Node.of(
        "to",
        Map.of("jid", device.toString()),
        Node.of("enc", Map.of("v", "2", "type", sealed.type().wireName()), sealed.bytes()));
  }

  /** What the server gives out for a device. */
  public PreKeyBundle bundle(Jid device) {
    Node user = Node.of("user", Map.of("jid", device.toString()));
    Node answer = request("encrypt", "get", Node.of("key", user));
    Node keys = answer.descendant("list", "user").orElseThrow();
    Node signed = keys.requiredChild("skey");
    Optional<Node> oneTime = keys.child("key");
    return new PreKeyBundle(
        number(keys.requiredChild("registration")),
        keys.requiredChild("identity").bytes(),
        number(signed.requiredChild("id")),
        signed.requiredChild("value").bytes(),
        signed.requiredChild("signature").bytes(),
        oneTime
            .map(key ->
                new PreKeyBundle.OneTimeKey(
                    number(key.requiredChild("id")), key.requiredChild("value").bytes()))
            .orElse(null));
  }

  /** The next message, without telling anybody that it came. */
  public Node nextMessage() {
    return await(node -> node.tag().equals("message") && !node.has("category", "peer"));
  }

  /** The next peer message of the own phone, decrypted and acknowledged. */
  public Message nextPeerMessage() throws InvalidProtocolBufferException {
    Node message = await(node -> node.tag().equals("message") && node.has("category", "peer"));
    acknowledge(message);
    return decrypt(message);
  }

  public Message decrypt(Node message) throws InvalidProtocolBufferException {
    Node enc = message.requiredChild("enc");
    SignalUnit unit = unit();
    byte[] padded =
        unit.decrypt(
            address(message.jid("from").orElseThrow()),
            Ciphertext.Type.of(enc.requiredAttribute("type")).orElseThrow(),
            enc.bytes());
    apply(unit.changes());
    return Message.parseFrom(Padding.remove(padded));
  }

  /** Tells the sender and the server that the message came. */
  public void acknowledge(Node message) {
    socket.send(
        Node.builder("receipt")
            .attribute("id", message.requiredAttribute("id"))
            .attribute("to", message.requiredAttribute("from"))
            .build());
    await(node -> node.tag().equals("ack") && node.has("class", "receipt"));
  }

  private SignalUnit unit() {
    return new SignalUnit(
        credentials.identity(), key -> Optional.ofNullable(records.get(key)).map(byte[]::clone));
  }

  private void apply(List<SignalChange> changes) {
    for (SignalChange change : changes) {
      switch (change) {
        case SignalChange.Put(var key, var value) -> records.put(key, value);
        case SignalChange.Remove(var key) -> records.remove(key);
      }
    }
  }

  private static SignalAddress address(Jid device) {
    return new SignalAddress(device.user(), device.device());
  }

  private static int number(Node node) {
    return new BigInteger(1, node.bytes()).intValue();
  }

  @Override
  public void close() {
    socket.close();
  }
}
