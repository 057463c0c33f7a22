package dev.switchboard.sandbox.companion;

import dev.switchboard.sandbox.Sandbox;
import dev.switchboard.whatsapp.cobalt.ClientProfile;
import dev.switchboard.whatsapp.cobalt.WebVersion;
import dev.switchboard.whatsapp.linkcode.Agreement;
import dev.switchboard.whatsapp.linkcode.CodeExchange;
import dev.switchboard.whatsapp.linkcode.CodeStanzas;
import dev.switchboard.whatsapp.linkcode.LinkCode;
import dev.switchboard.whatsapp.linkcode.PrimaryHello;
import dev.switchboard.whatsapp.wire.Jid;
import dev.switchboard.whatsapp.wire.Node;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;

/** A client that asks to be linked by code, step by step, and wrongly where a test wants it. */
public final class LinkByCode implements AutoCloseable {
  private static final ClientProfile PROFILE = ClientProfile.of(WebVersion.parse("2.3000.1"));

  private final Credentials credentials;
  private final Jid phone;
  private final CompanionSocket socket;
  private final CodeExchange exchange;
  private int requests;

  public LinkByCode(Sandbox sandbox, HttpClient http, Credentials credentials, Jid phone) {
    this.credentials = credentials;
    this.phone = phone;
    this.socket =
        CompanionSocket.open(http, sandbox, credentials.noise(), credentials.registration());
    SecureRandom random = new SecureRandom();
    this.exchange =
        new CodeExchange(LinkCode.generate(random), credentials.identity().keyPair(), random);
    Node offer = next();
    socket.send(
        Node.builder("iq")
            .attribute("to", Jid.WHATSAPP)
            .attribute("type", "result")
            .attribute("id", offer.requiredAttribute("id"))
            .build());
  }

  /** Types a code on a phone over the admin call, and says the status. */
  public static int type(HttpClient http, Sandbox sandbox, String number, String code) {
    return Trust.post(
        http,
        sandbox.port(),
        "/admin/enter-code",
        "{\"pn\": \"%s\", \"code\": \"%s\"}".formatted(number, code));
  }

  /** The code of the error that an answer is. */
  public static String error(Node answer) {
    return answer.requiredChild("error").requiredAttribute("code");
  }

  public String code() {
    return exchange.code().shown();
  }

  public Node hello() {
    return request(wish());
  }

  /** A hello with another text in one of its parts. */
  public Node hello(String part, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    Node wish = wish();
    return request(
        Node.of(
            wish.tag(),
            wish.attributes(),
            wish.children().stream()
                .map(child -> child.tag().equals(part) ? Node.of(part, bytes) : child)
                .toList()));
  }

  /** The next notification's registration. */
  public Node notification() {
    return next().requiredChild("link_code_companion_reg");
  }

  /** Answers the phone. */
  public Node finish(Node primaryHello) {
    return finish(primaryHello, CodeStanzas.referenceIn(primaryHello));
  }

  public Node finish(Node primaryHello, byte[] reference) {
    return finish(exchange.agree(PrimaryHello.read(primaryHello)), reference);
  }

  /** Answers a phone that said nothing yet. */
  public Node finishEarly() {
    return finish(new Agreement(new byte[156], new byte[32], new byte[32]), new byte[16]);
  }

  public Node next() {
    return socket.receive().orElseThrow(() -> new AssertionError("connection closed"));
  }

  /** Whether the server closes without another word. */
  public boolean end() {
    return socket.receive().isEmpty();
  }

  @Override
  public void close() {
    socket.close();
  }

  private Node wish() {
    return CodeStanzas.hello(
        phone, exchange.wrappedKey(), credentials.noise().publicKey(), PROFILE);
  }

  private Node finish(Agreement agreement, byte[] reference) {
    byte[] identity = credentials.identity().keyPair().publicKey();
    return request(CodeStanzas.finish(phone, agreement, identity, reference));
  }

  private Node request(Node content) {
    socket.send(
        Node.builder("iq")
            .attribute("id", "request-" + ++requests)
            .attribute("to", Jid.WHATSAPP)
            .attribute("xmlns", "md")
            .attribute("type", "set")
            .child(content)
            .build());
    return next();
  }
}
