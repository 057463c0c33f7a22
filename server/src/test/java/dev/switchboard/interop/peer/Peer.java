package dev.switchboard.interop.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** A foreign WhatsApp client with one linked account; what all makes of clients can do. */
public abstract sealed class Peer implements AutoCloseable permits BaileysPeer, ZapoPeer {
  private static final Duration STARTING = Duration.ofMinutes(2);
  private static final Duration LINKING = Duration.ofMinutes(2);
  private static final Set<String> ENDS = Set.of("open", "closed", "error", "failed");
  private static final Duration TALKING = Duration.ofSeconds(60);

  private final PeerProcess process;
  private String jid = "";

  Peer(PeerProcess process) {
    this.process = process;
    process.events().await("ready", STARTING, _ -> true);
  }

  /** Shows a QR code, has the simulated phone scan it, logs in and takes what the phone sends. */
  public Peer link() {
    tryToLink();
    await("paired");
    opened();
    await("synced");
    return this;
  }

  /**
   * Asks for a code to be typed on the phone of that number, has it typed, logs in and takes what
   * the phone sends.
   *
   * @param phoneNumber with a plus sign
   */
  public Peer linkByCode(String phoneNumber, Consumer<String> phone) {
    tryToLinkByCode(phoneNumber);
    phone.accept(await("code").text("text"));
    await("paired");
    opened();
    await("synced");
    return this;
  }

  /** Asks for a code and does not wait: it comes as an event. */
  public void tryToLinkByCode(String phoneNumber) {
    process.say("connect", Map.of("phone", phoneNumber.substring(1)));
  }

  /** Logs in with the credentials of before. */
  public Peer connect() {
    tryToConnect();
    return opened();
  }

  /** Asks to be linked and does not wait: for tests in which it must fail. */
  public void tryToLink() {
    process.say("connect", Map.of("scan", true));
  }

  /** As {@link #connect}, without waiting: for tests in which it must fail. */
  public void tryToConnect() {
    process.say("connect", Map.of());
  }

  /** Waits until the peer gives up linking or logging in, and tells why. */
  public String awaitRefusal() {
    PeerEvent end =
        process
            .events()
            .poll(LINKING, event -> ENDS.contains(event.name()))
            .orElseThrow(() -> new AssertionError("neither refused nor linked"));
    assertThat(end.name()).as(end.toString()).isNotEqualTo("open");
    return end.text("reason") + end.text("message");
  }

  /** The account's own JID without the device. */
  public String account() {
    return jid.replaceFirst(":\\d+@", "@");
  }

  /** The account's own JID with the device. */
  public String device() {
    return jid;
  }

  /** Sends a text and returns the message's id. */
  public String send(String to, String text) {
    process.say("send", Map.of("to", to, "text", text));
    return process.events().await("sent", TALKING, _ -> true).text("id");
  }

  /** Asks for a text to be sent and does not wait: for tests in which it must fail. */
  public void trySend(String to, String text) {
    process.say("send", Map.of("to", to, "text", text));
  }

  public PeerEvent awaitText(String text) {
    return process.events().await("message", TALKING, event -> event.has("text", text));
  }

  /** The text of the next message that no test took yet. */
  public String nextText() {
    return process.events().await("message", TALKING, _ -> true).text("text");
  }

  public PeerEvent awaitReceipt(String id, String status) {
    return process
        .events()
        .await("receipt", TALKING, event -> event.has("id", id) && event.has("status", status));
  }

  public void markRead(String id) {
    process.say("markRead", Map.of("id", id));
  }

  public void disconnect() {
    process.say("close", Map.of());
    await("closed");
  }

  public void logout() {
    process.say("logout", Map.of());
    await("closed");
  }

  public PeerEvent await(String name) {
    return process.events().await(name, LINKING, _ -> true);
  }

  /** The text event, if it comes although it should not. */
  public Optional<PeerEvent> textWithin(Duration time, String text) {
    return process
        .events()
        .poll(time, event -> event.name().equals("message") && event.has("text", text));
  }

  @Override
  public void close() {
    process.close();
  }

  private Peer opened() {
    jid =
        process.events().await("open", LINKING, event -> !event.text("jid").isEmpty()).text("jid");
    return this;
  }
}
