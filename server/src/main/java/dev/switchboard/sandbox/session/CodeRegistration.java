package dev.switchboard.sandbox.session;

import dev.switchboard.sandbox.link.ClientLink;
import dev.switchboard.sandbox.linkcode.CompanionFinish;
import dev.switchboard.sandbox.linkcode.CompanionHello;
import dev.switchboard.sandbox.linkcode.PhoneExchange;
import dev.switchboard.sandbox.network.Change;
import dev.switchboard.sandbox.network.Refusal;
import dev.switchboard.sandbox.record.AccountRecord;
import dev.switchboard.whatsapp.wire.Jid;
import dev.switchboard.whatsapp.wire.Node;
import dev.switchboard.whatsapp.wire.NodeBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The codes that one client shows to be typed on a phone: one after the other, each good for one
 * attempt. Everything but {@link #waiting} happens within changes of the network.
 */
final class CodeRegistration {
  private static final String REGISTRATION = "link_code_companion_reg";
  private static final int REFERENCE_BYTES = 16;
  private static final int MOST_HELLOS = 5;
  private static final int MOST_WRONG_CODES = 3;
  private static final String BAD_REQUEST = "400";
  private static final String NOT_FOUND = "404";
  private static final String TOO_OFTEN = "429";

  private final Registration registration;
  private final PairingDesk desk;
  private final ClientLink link;
  private final Instant end;
  private int hellos;
  private int wrongCodes;
  private volatile @Nullable Waiting waiting;
  private @Nullable Attempt attempt;

  CodeRegistration(Registration registration, PairingDesk desk, ClientLink link, Instant end) {
    this.registration = registration;
    this.desk = desk;
    this.link = link;
    this.end = end;
  }

  /** A code that nobody has typed yet. */
  @SuppressWarnings("ArrayRecordComponent") // never changed and never compared
  record Waiting(CompanionHello hello, byte[] reference) {}

  private record Attempt(
      AccountRecord account,
      Waiting code,
      PhoneExchange exchange,
      CompletableFuture<LinkOutcome> outcome) {}

  /** What waits to be typed; empty when it was, or its time is over. */
  Optional<Waiting> waiting(Instant now) {
    return Optional.ofNullable(waiting).filter(_ -> now.isBefore(end));
  }

  /** Deals with a request of the client. */
  void asked(Change change, Node iq, Node wish) {
    if (wish.has("stage", "companion_hello")) {
      hello(change, iq, wish);
    } else if (wish.has("stage", "companion_finish")) {
      finish(change, iq, wish);
    } else {
      refuse(change, iq, Refusal.UNKNOWN_REQUEST, BAD_REQUEST);
    }
  }

  /** A person typed a code: tells the client. Empty when this code was typed already. */
  Optional<CompletableFuture<LinkOutcome>> typed(
      Change change, AccountRecord account, Waiting code, PhoneExchange exchange) {
    if (!code.equals(waiting)) {
      return Optional.empty();
    }
    waiting = null;
    var made = new Attempt(account, code, exchange, new CompletableFuture<>());
    attempt = made;
    change.say(link, notification(change).child(exchange.primaryHello(code.reference())).build());
    return Optional.of(made.outcome());
  }

  /** The client is gone. */
  void close() {
    desk.withdraw(this);
    Attempt open = attempt;
    if (open != null) {
      open.outcome().complete(new LinkOutcome.Refused());
    }
  }

  private void hello(Change change, Node iq, Node wish) {
    Optional<CompanionHello> read = CompanionHello.read(wish, registration.applicant().noiseKey());
    if (read.isEmpty()) {
      refuse(change, iq, Refusal.LINK_CODE_HELLO, BAD_REQUEST);
    } else if (change.state().accounts().find(read.get().phone()).isEmpty()) {
      refuse(change, iq, Refusal.UNKNOWN_PEER, NOT_FOUND);
    } else if (++hellos > MOST_HELLOS) {
      refuse(change, iq, Refusal.LINK_CODE_HELLO, TOO_OFTEN);
    } else {
      begin(change, iq, read.get());
    }
  }

  private void begin(Change change, Node iq, CompanionHello hello) {
    String reference =
        "3@" + Base64.getEncoder().encodeToString(registration.random(REFERENCE_BYTES));
    byte[] bytes = reference.getBytes(StandardCharsets.US_ASCII);
    waiting = new Waiting(hello, bytes);
    desk.withdraw(this);
    desk.await(hello.phone().user(), this);
    Map<String, String> stage = Map.of("stage", "companion_hello");
    change.say(
        link,
        result(iq)
            .child(Node.of(REGISTRATION, stage, Node.of("link_code_pairing_ref", bytes)))
            .build());
  }

  private void finish(Change change, Node iq, Node wish) {
    Attempt open = attempt;
    Optional<CompanionFinish> read =
        open == null
            ? Optional.empty()
            : CompanionFinish.read(
                wish, open.code().hello().phone(), registration.applicant().identity());
    if (open == null
        || read.isEmpty()
        || !Arrays.equals(read.get().reference(), open.code().reference())) {
      refuse(change, iq, Refusal.LINK_CODE_FINISH, BAD_REQUEST);
      return;
    }
    attempt = null; // Whatever comes of it, the same answer is not taken twice.
    change.say(link, result(iq).build());
    conclude(change, open, read.get());
  }

  private void conclude(Change change, Attempt open, CompanionFinish finish) {
    Optional<PhoneExchange.Opened> opened = open.exchange().open(finish.bundle());
    if (opened.isEmpty()) {
      wrong(change, open);
      return;
    }
    Optional<byte[]> secret =
        open.exchange().secret(opened.get(), registration.applicant().identity());
    if (secret.isEmpty()) {
      change.state().refusals().count(Refusal.LINK_CODE_IDENTITIES);
      open.outcome().complete(new LinkOutcome.Refused());
      change.end(link);
      return;
    }
    desk.withdraw(registration);
    var _ =
        registration
            .offer(change, open.account(), secret.get())
            .thenAccept(open.outcome()::complete);
  }

  /** The code is spent; a client may show another one, not for ever. */
  private void wrong(Change change, Attempt open) {
    change.state().refusals().count(Refusal.LINK_CODE_WRONG);
    wrongCodes++;
    Node reference = Node.of("link_code_pairing_ref", open.code().reference());
    Map<String, String> attributes =
        Map.of(
            "stage",
            "refresh_code",
            "force_manual_refresh",
            Boolean.toString(wrongCodes >= MOST_WRONG_CODES));
    change.say(
        link, notification(change).child(Node.of(REGISTRATION, attributes, reference)).build());
    if (wrongCodes >= MOST_WRONG_CODES) {
      hellos = MOST_HELLOS;
    }
    open.outcome().complete(new LinkOutcome.WrongCode());
  }

  private void refuse(Change change, Node iq, Refusal kind, String code) {
    change.state().refusals().count(kind);
    Node error = Node.of("error", Map.of("code", code, "text", "bad-request"));
    change.say(link, reply(iq, "error").child(error).build());
  }

  private NodeBuilder notification(Change change) {
    return Node.builder("notification")
        .attribute("from", Jid.WHATSAPP)
        .attribute("type", REGISTRATION)
        .attribute("id", registration.newId())
        .attribute("t", change.state().seconds());
  }

  private static NodeBuilder result(Node iq) {
    return reply(iq, "result");
  }

  private static NodeBuilder reply(Node iq, String type) {
    return Node.builder("iq")
        .attribute("from", Jid.WHATSAPP)
        .attribute("type", type)
        .attribute("id", iq.attribute("id"));
  }
}
