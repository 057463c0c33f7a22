package dev.switchboard.whatsapp.retry;

import dev.switchboard.connector.ConnectorHost;
import dev.switchboard.connector.OutboundMessage;
import dev.switchboard.connector.RecordChange;
import dev.switchboard.connector.RecordKind;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Peer;
import dev.switchboard.model.message.MessageId;
import dev.switchboard.whatsapp.account.AccountState;
import dev.switchboard.whatsapp.account.SignalRecords;
import dev.switchboard.whatsapp.device.DeviceDirectory;
import dev.switchboard.whatsapp.device.Sessions;
import dev.switchboard.whatsapp.device.Vouching;
import dev.switchboard.whatsapp.session.Courtesy;
import dev.switchboard.whatsapp.session.RequestRefused;
import dev.switchboard.whatsapp.session.StanzaStream;
import dev.switchboard.whatsapp.signal.SignalAddress;
import dev.switchboard.whatsapp.signal.SignalException;
import dev.switchboard.whatsapp.wire.Jid;
import dev.switchboard.whatsapp.wire.Node;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a message once more to the one device that could not read it, out of the history. Only to
 * devices of the recipient and of the account itself, and within bounds. A request that is answered
 * is acknowledged when the server has taken the answer, any other at once.
 */
public final class RetryAnswers {
  private static final Logger log = LoggerFactory.getLogger(RetryAnswers.class);

  private final AccountState account;
  private final ConnectorHost host;
  private final StanzaStream stream;
  private final DeviceDirectory directory;
  private final RetrySessions sessions;
  private final Resend resend;
  private final RetryLimits limits;
  private final InstantSource clock;
  private final DurableCounts counts;
  private final AnswersUnderway underway = new AnswersUnderway();

  public RetryAnswers(
      AccountState account,
      ConnectorHost host,
      StanzaStream stream,
      DeviceDirectory directory,
      Sessions sessions,
      RetryLimits limits,
      InstantSource clock,
      RandomGenerator random) {
    this.account = account;
    this.host = host;
    this.stream = stream;
    this.directory = directory;
    this.sessions =
        new RetrySessions(account, sessions, new Vouching(account, sessions), limits, clock);
    this.resend = new Resend(account, random);
    this.limits = limits;
    this.clock = clock;
    this.counts =
        new DurableCounts(account.records(), RecordKind.RETRY_ANSWER, limits.remembered(), clock);
  }

  /**
   * Answers a receipt of the type {@code retry}, and acknowledges it if there is nothing to wait
   * for.
   *
   * @throws dev.switchboard.whatsapp.wire.WireException when it cannot be read
   */
  public void answer(Node receipt) throws InterruptedException {
    RetryReceipt request = RetryReceipt.read(receipt);
    try {
      Optional<Node> answer = answer(request);
      if (answer.isPresent()) {
        underway.add(answer.get(), receipt);
        stream.send(answer.get());
        log.info("a message was sent again to a device that could not read it");
      } else {
        stream.send(Courtesy.ack(receipt));
      }
    } catch (RequestRefused e) {
      log.warn("a message is sent again after the next login: {}", e.getMessage());
    } catch (SignalException e) {
      log.warn("a request for a message cannot be answered: {}", e.getMessage());
      stream.send(Courtesy.ack(receipt));
    }
  }

  /** The server's word on a message: it may be about an answer. */
  public void acknowledged(Node ack) throws InterruptedException {
    Optional<Node> request = underway.settledBy(ack);
    if (request.isEmpty()) {
      return;
    }
    Optional<String> error = ack.attribute("error");
    if (error.isEmpty()) {
      stream.send(Courtesy.ack(request.get()));
    } else {
      log.warn(
          "an answer was refused with {}, and is given again after the next login", error.get());
      request.get().jid("from").map(this::person).ifPresent(directory::outdate);
    }
  }

  /** What to write; empty when the request is not answered. */
  private Optional<Node> answer(RetryReceipt request) throws InterruptedException {
    SignalAddress device = account.aliases().address(request.from());
    Optional<OutboundMessage> message = message(request);
    if (message.isEmpty()) {
      log.info("a device asks for a message that is not there, or not for it");
    } else if (message.get().acceptedAt().isBefore(oldest())) {
      log.info("a device asks for a message that is older than those that are sent again");
    } else if (counts.of(device, request.id()) >= limits.answers()) {
      log.warn("a device asks for a message more often than it is answered");
    } else if (!isKnown(request.from())) {
      log.warn("a device that its account does not have asks for a message");
    } else {
      return copy(request, message.get(), device);
    }
    return Optional.empty();
  }

  private Optional<Node> copy(RetryReceipt request, OutboundMessage message, SignalAddress device)
      throws InterruptedException {
    Optional<RetrySessions.Ready> ready = sessions.with(request, device);
    if (ready.isEmpty()) {
      log.warn("a device asks for a message and has no keys to encrypt it with");
      return Optional.empty();
    }
    Optional<Node> stanza = resend.stanza(request, message, ready.get().unit());
    if (stanza.isPresent()) {
      List<RecordChange> changes = new ArrayList<>(ready.get().changes());
      changes.addAll(SignalRecords.changes(ready.get().unit().changes()));
      changes.addAll(counts.increment(device, request.id()));
      account.commit(changes);
    }
    return stanza;
  }

  /** The message, if this device wrote it, to the one who asks or, for own devices, to anybody. */
  private Optional<OutboundMessage> message(RetryReceipt request) {
    boolean own = account.credentials().isOwnAccount(request.from());
    if (own && account.credentials().isThisDevice(request.from())) {
      return Optional.empty();
    }
    Jid chat = own ? request.recipient().orElse(request.from()) : request.from();
    Optional<Peer> peer = account.aliases().peer(chat);
    // The store finds a chat also when its names and the asker's might belong together. That is
    // enough for a status, not for a text.
    return peer.flatMap(known ->
        id(request.id())
            .flatMap(id -> host.written(known, id))
            .filter(found -> found.to().sharesNameWith(known)));
  }

  /** Asks the server again before it says no: the device may be new. */
  private boolean isKnown(Jid device) throws InterruptedException {
    Jid person = person(device);
    if (devices(person).contains(device.device())) {
      return true;
    }
    directory.outdate(person);
    return devices(person).contains(device.device());
  }

  private Jid person(Jid device) {
    return account.aliases().phoneNumberOf(device).orElse(device.withoutDevice());
  }

  private List<Integer> devices(Jid person) throws InterruptedException {
    Map<Jid, List<Jid>> found = directory.devices(List.of(person));
    return found.getOrDefault(person, List.of()).stream().map(Jid::device).toList();
  }

  private Instant oldest() {
    return clock.instant().minus(limits.answerAge());
  }

  private static Optional<MessageId> id(String value) {
    try {
      return Optional.of(new MessageId(value));
    } catch (GatewayException e) {
      return Optional.empty();
    }
  }
}
