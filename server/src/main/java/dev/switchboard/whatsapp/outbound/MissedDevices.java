package dev.switchboard.whatsapp.outbound;

import dev.switchboard.connector.SendOutcome;
import dev.switchboard.model.GatewayException;
import dev.switchboard.whatsapp.account.AccountState;
import dev.switchboard.whatsapp.account.SignalRecords;
import dev.switchboard.whatsapp.device.DeviceDirectory;
import dev.switchboard.whatsapp.device.Sessions;
import dev.switchboard.whatsapp.session.RequestRefused;
import dev.switchboard.whatsapp.session.StanzaStream;
import dev.switchboard.whatsapp.wire.Jid;
import dev.switchboard.whatsapp.wire.Node;
import dev.switchboard.whatsapp.wire.WireException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a message once more, to the devices that its sender did not know of: the server says in the
 * ack that it knows others, the lists are fetched anew, and who missed it gets it under the same id
 * (read in public sources). Once for each message, so that no disagreement becomes a loop. Until
 * then the message has no outcome: a process that dies in between sends it to everybody again.
 */
final class MissedDevices {
  private static final Logger log = LoggerFactory.getLogger(MissedDevices.class);

  /** How many disagreements that came to nothing are remembered, so that they cost nothing. */
  private static final int MOST_SETTLED = 64;

  private final AccountState account;
  private final StanzaStream stream;
  private final DeviceDirectory directory;
  private final Sessions sessions;
  private final PendingAcks pending;
  private final RandomGenerator random;

  /** Words of the server for which the lists, fetched anew, named nobody else. */
  private final SequencedSet<String> settled = new LinkedHashSet<>(1);

  MissedDevices(
      AccountState account,
      StanzaStream stream,
      DeviceDirectory directory,
      Sessions sessions,
      PendingAcks pending,
      RandomGenerator random) {
    this.account = account;
    this.stream = stream;
    this.directory = directory;
    this.sessions = sessions;
    this.pending = pending;
    this.random = random;
  }

  void reach(Missed missed) throws InterruptedException {
    if (settled.contains(missed.serverHash())) {
      missed.result().complete(missed.taken());
      return;
    }
    boolean done = false;
    try {
      if (!send(missed)) {
        missed.result().complete(missed.taken());
      }
      done = true;
    } catch (RequestRefused | WireException | GatewayException e) {
      // The server has the message for all others; with the next one it is tried again.
      log.info("devices that missed a message could not be reached: {}", e.getMessage());
      missed.result().complete(missed.taken());
      done = true;
    } finally {
      if (!done) {
        missed
            .result()
            .complete(new SendOutcome.Unknown("the connection ended before all devices had it"));
      }
    }
  }

  /** Whether there was somebody to send it to. */
  private boolean send(Missed missed) throws InterruptedException {
    Written written = missed.written();
    Jid chat = written.chat();
    List<Jid> people = Audience.people(chat, account.credentials());
    people.forEach(directory::outdate);
    Audience audience =
        Audience.of(chat, directory.devices(people), account.credentials())
            .without(written.devices());
    Sessions.Ready ready = sessions.with(audience.all());
    if (ready.ready().isEmpty()) {
      settle(missed.serverHash());
      return false;
    }
    Envelope envelope = new Envelope(account, ready.unit(), random);
    Bodies.enclose(
        envelope,
        Bodies.of(written.message().content()).orElseThrow(),
        chat,
        audience,
        ready.ready());
    Node stanza = envelope.sealForMissed(written.message().id().value(), chat);
    account.commit(SignalRecords.changes(ready.unit().changes()));
    log.info("{} devices missed a message and get it now", envelope.devices().size());
    pending.add(missed);
    stream.send(stanza);
    return true;
  }

  private void settle(String serverHash) {
    settled.add(serverHash);
    if (settled.size() > MOST_SETTLED) {
      settled.removeFirst();
    }
  }
}
