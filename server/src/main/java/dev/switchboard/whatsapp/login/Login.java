package dev.switchboard.whatsapp.login;

import dev.switchboard.whatsapp.account.AccountState;
import dev.switchboard.whatsapp.account.AliasBook;
import dev.switchboard.whatsapp.session.RequestRefused;
import dev.switchboard.whatsapp.session.StanzaStream;
import dev.switchboard.whatsapp.wire.Jid;
import dev.switchboard.whatsapp.wire.Node;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a device says after the server let it in, in the order in which independent clients do. */
public final class Login {
  private static final Logger log = LoggerFactory.getLogger(Login.class);
  private static final Duration UNIFIED_OFFSET = Duration.ofDays(3);
  private static final Duration UNIFIED_SPAN = Duration.ofDays(7);

  private final AccountState account;
  private final StanzaStream stream;
  private final PreKeySupply supply;
  private final KeyUpkeep upkeep;
  private final Presence presence;
  private final InstantSource clock;

  public Login(
      AccountState account,
      StanzaStream stream,
      PreKeySupply supply,
      KeyUpkeep upkeep,
      Presence presence,
      InstantSource clock) {
    this.account = account;
    this.stream = stream;
    this.supply = supply;
    this.upkeep = upkeep;
    this.presence = presence;
    this.clock = clock;
  }

  /** Waits for the server's word; afterwards messages flow. */
  public void run() throws InterruptedException {
    Node success = stream.await("success");
    success.jid("lid").filter(Jid::isLid).ifPresent(this::learnOwnLid);
    try {
      supply.refill();
    } catch (RequestRefused e) {
      // Not worth the connection: who has a session with us can write all the same.
      log.warn("no prekeys could be uploaded: {}", e.getMessage());
    }
    // The server holds back what waits for this device until it is told that it is active.
    stream.request("set", "passive", Node.of("active"));
    upkeep.run();
    new Enquiries(stream).make();
    stream.send(Node.of("ib", Node.of("unified_session", Map.of("id", unifiedSession()))));
    presence.announce();
  }

  private void learnOwnLid(Jid lid) {
    Jid own = lid.withDevice(account.credentials().jid().device());
    if (!own.equals(account.credentials().lid())) {
      account.replace(account.credentials().withLid(own));
    }
    new AliasBook(account).learn(account.credentials().jid(), own);
  }

  /** A number that runs through a week, as independent clients compute it. */
  private String unifiedSession() {
    long shifted = clock.millis() + UNIFIED_OFFSET.toMillis();
    return Long.toString(shifted % UNIFIED_SPAN.toMillis());
  }
}
