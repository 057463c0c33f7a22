package dev.switchboard.whatsapp.typing;

import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Peer;
import dev.switchboard.whatsapp.link.Order;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The wish to be seen typing, on its way to the session's thread. */
public final class TypingOrder implements Order {
  private static final Logger log = LoggerFactory.getLogger(TypingOrder.class);

  private final Composing composing;
  private final Peer to;
  private final Instant until;

  public TypingOrder(Composing composing, Peer to, Instant until) {
    this.composing = composing;
    this.to = to;
    this.until = until;
  }

  @Override
  public void carryOut() throws InterruptedException {
    try {
      composing.begin(to, until);
    } catch (GatewayException e) {
      log.info("typing is not shown: {}", e.getMessage());
    }
  }

  @Override
  public void abandon() {
    // Nobody waits for it.
  }
}
