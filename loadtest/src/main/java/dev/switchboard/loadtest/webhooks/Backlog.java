package dev.switchboard.loadtest.webhooks;

import dev.switchboard.api.v1.EventKind;
import dev.switchboard.loadtest.client.GatewayClient;
import dev.switchboard.loadtest.run.Parallel;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Events in their thousands, at the least cost: messages that are accepted for an account that is
 * stopped, so that nothing else happens than one event each.
 */
final class Backlog {
  static final EventKind KIND = EventKind.EVENT_KIND_MESSAGE_ACCEPTED;
  private static final int CHATS = 100;
  private static final int AT_ONCE = 50;

  private Backlog() {}

  /** Each message names its chat. Returns how many there are. */
  static int write(GatewayClient gateway, String instanceId, int atLeast)
      throws InterruptedException {
    int ofChat = Math.ceilDiv(atLeast, CHATS);
    Parallel.forEach(
        IntStream.range(0, CHATS).boxed().toList(),
        AT_ONCE,
        chat -> {
          String number = String.format(Locale.ROOT, "+15559%06d", chat);
          for (int i = 0; i < ofChat; i++) {
            gateway.send(instanceId, number, "chat " + chat);
          }
        });
    return ofChat * CHATS;
  }
}
