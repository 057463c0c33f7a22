package dev.switchboard.whatsapp.outbound;

import dev.switchboard.connector.ConnectorHost;
import dev.switchboard.connector.OutboundMessage;
import dev.switchboard.connector.SendOutcome;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.message.Failure;
import dev.switchboard.model.message.FailureCause;
import dev.switchboard.whatsapp.account.AccountState;
import dev.switchboard.whatsapp.account.SignalRecords;
import dev.switchboard.whatsapp.device.DeviceDirectory;
import dev.switchboard.whatsapp.device.Sessions;
import dev.switchboard.whatsapp.privacy.PrivacyTokens;
import dev.switchboard.whatsapp.privacy.ReachoutLocks;
import dev.switchboard.whatsapp.proto.Message;
import dev.switchboard.whatsapp.session.StanzaStream;
import dev.switchboard.whatsapp.wire.Jid;
import dev.switchboard.whatsapp.wire.Node;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends one message to every device of a person and to the account's own other devices. */
public final class Sending {
  private static final Logger log = LoggerFactory.getLogger(Sending.class);

  private final AccountState account;
  private final ConnectorHost host;
  private final StanzaStream stream;
  private final DeviceDirectory directory;
  private final Sessions sessions;
  private final PendingAcks pending;
  private final MissedDevices missedDevices;
  private final PrivacyTokens tokens;
  private final AckErrors errors;
  private final SendLimits limits;
  private final RandomGenerator random;

  public Sending(
      AccountState account,
      ConnectorHost host,
      StanzaStream stream,
      DeviceDirectory directory,
      Sessions sessions,
      PendingAcks pending,
      PrivacyTokens tokens,
      ReachoutLocks locks,
      SendLimits limits,
      RandomGenerator random) {
    this.account = account;
    this.host = host;
    this.stream = stream;
    this.directory = directory;
    this.sessions = sessions;
    this.pending = pending;
    this.missedDevices = new MissedDevices(account, stream, directory, sessions, pending, random);
    this.tokens = tokens;
    this.errors = new AckErrors(tokens, locks, directory, limits.retryAfter());
    this.limits = limits;
    this.random = random;
  }

  /**
   * Writes the message; the result is completed at once when it cannot be written, otherwise by its
   * ack. When something is thrown, the result stays open exactly if nothing was written.
   */
  public void send(OutboundMessage message, CompletableFuture<SendOutcome> result)
      throws InterruptedException {
    Optional<Message> body = Bodies.of(message.content());
    if (body.isEmpty()) {
      result.complete(refused(FailureCause.REFUSED_BY_NETWORK, "this kind cannot be sent"));
      return;
    }
    Jid chat = account.aliases().chat(message.to());
    List<Jid> people = Audience.people(chat, account.credentials());
    Audience audience = Audience.of(chat, directory.devices(people), account.credentials());
    boolean toOneself = account.credentials().isOwnAccount(chat);
    if (audience.others().isEmpty() && !toOneself) {
      result.complete(nobodyThere(chat));
      return;
    }
    Sessions.Ready ready = sessions.with(audience.all());
    if (!toOneself && audience.others().stream().noneMatch(ready.ready()::contains)) {
      result.complete(noKeys(ready));
      return;
    }
    write(message, body.get(), chat, audience, ready, result);
  }

  /** An ack of the server: an outcome, or the word that it knows other devices. */
  public void acknowledged(Node ack) throws InterruptedException {
    Optional<Missed> missed = pending.acknowledged(ack, errors::outcome);
    if (missed.isPresent()) {
      missedDevices.reach(missed.get());
    }
  }

  private void write(
      OutboundMessage message,
      Message body,
      Jid chat,
      Audience audience,
      Sessions.Ready ready,
      CompletableFuture<SendOutcome> result)
      throws InterruptedException {
    String id = message.id().value();
    Envelope envelope = new Envelope(account, ready.unit(), random);
    Bodies.enclose(envelope, body, chat, audience, ready.ready());
    Node stanza = envelope.seal(id, chat, tokens.of(chat));
    host.attempted(message.id(), SignalRecords.changes(ready.unit().changes()));
    // From here on only an ack can say that it arrived, and nothing can say that it did not.
    Written written =
        new Written(message, chat, envelope.devices(), stanza.requiredAttribute("phash"));
    pending.add(id, account.aliases().peer(chat).orElse(message.to()), written, result);
    boolean goesOn = false;
    try {
      stream.send(stanza);
      issueToken(chat);
      goesOn = true;
    } finally {
      if (!goesOn) {
        result.complete(new SendOutcome.Unknown("the connection broke while it was written"));
      }
    }
  }

  /** The message is written: what goes wrong here must not be taken for its outcome. */
  private void issueToken(Jid chat) throws InterruptedException {
    if (account.credentials().isOwnAccount(chat)) {
      return;
    }
    try {
      tokens.issue(chat);
    } catch (GatewayException e) {
      log.info("no privacy token was issued: {}", e.getMessage());
    }
  }

  private SendOutcome nobodyThere(Jid chat) throws InterruptedException {
    if (chat.isPhoneNumber() && directory.exists(chat)) {
      return new SendOutcome.Retry(limits.retryAfter(), "the recipient has no devices for now");
    }
    return refused(FailureCause.RECIPIENT_NOT_ON_WHATSAPP, "");
  }

  /** Nothing is ever sent under keys that do not verify; one good device is enough to send. */
  private SendOutcome noKeys(Sessions.Ready ready) {
    return ready.untrusted().isEmpty()
        ? new SendOutcome.Retry(limits.retryAfter(), "the server has no keys of the recipient")
        : refused(FailureCause.KEY_NOT_TRUSTED, "");
  }

  private static SendOutcome refused(FailureCause cause, String detail) {
    return new SendOutcome.Refused(new Failure(cause, detail));
  }
}
