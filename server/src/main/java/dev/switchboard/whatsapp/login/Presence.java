package dev.switchboard.whatsapp.login;

import dev.switchboard.whatsapp.account.AccountState;
import dev.switchboard.whatsapp.account.PushNameStore;
import dev.switchboard.whatsapp.session.StanzaStream;
import dev.switchboard.whatsapp.wire.Node;
import java.util.Optional;

/**
 * Whether this device says that somebody is there, and under which name. Nobody is, unless that is
 * wanted: an available companion keeps the owner's phone from ringing. A device that is not
 * available marks its receipts {@code inactive}, as a WhatsApp Web in the background does, and the
 * sender's phone shows the second tick once the owner's phone has the message; telling it as an
 * active device would (read in public sources) claim that somebody looks.
 */
public final class Presence {
  private final AccountState account;
  private final StanzaStream stream;
  private final boolean always;
  private boolean wanted;
  private boolean available;

  /** Somebody is there for a moment, who writes and does not look. */
  private boolean appeared;

  /**
   * Of one connection.
   *
   * @param always whether somebody is there whatever callers want
   */
  public Presence(AccountState account, StanzaStream stream, boolean always) {
    this.account = account;
    this.stream = stream;
    this.always = always;
    this.wanted = always;
  }

  /** Whether the server was told that somebody is there who looks. */
  public boolean isAvailable() {
    return available;
  }

  /** Says from now on that somebody is there, or is not. */
  public void want(boolean somebody) throws InterruptedException {
    boolean before = wanted;
    wanted = always || somebody;
    if (wanted != before) {
      announce();
    }
  }

  /** Says it once a name is known: without one the server takes no presence. */
  public void announce() throws InterruptedException {
    Optional<String> name = new PushNameStore(account.records()).read();
    if (name.isPresent()) {
      say(name.get());
      available = wanted;
    }
  }

  /**
   * Says for a moment that somebody is there: what is typed is shown of nobody else.
   *
   * @return false without a name
   */
  public boolean appear() throws InterruptedException {
    if (available || appeared) {
      return true;
    }
    Optional<String> name = new PushNameStore(account.records()).read();
    appeared = name.isPresent();
    if (appeared) {
      say(name.get());
    }
    return appeared;
  }

  /** The moment is over. */
  public void disappear() throws InterruptedException {
    if (appeared) {
      appeared = false;
      announce();
    }
  }

  private void say(String name) throws InterruptedException {
    stream.send(
        Node.builder("presence")
            // Independent clients leave that character out.
            .attribute("name", name.replace("@", ""))
            .attribute("type", wanted || appeared ? "available" : "unavailable")
            .build());
  }
}
