package dev.switchboard.loadtest.crash;

import dev.switchboard.api.v1.Message;
import dev.switchboard.api.v1.MessageDirection;
import dev.switchboard.api.v1.MessageStatus;
import dev.switchboard.loadtest.client.GatewayClient;
import dev.switchboard.loadtest.run.Progress;
import dev.switchboard.loadtest.stage.Accounts.Linked;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Waits until every message has an outcome. */
final class Settling {
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final GatewayClient gateway;
  private final Iterable<Linked> accounts;
  private final Progress progress;

  Settling(GatewayClient gateway, Iterable<Linked> accounts, Progress progress) {
    this.gateway = gateway;
    this.accounts = accounts;
    this.progress = progress;
  }

  /** The messages by id, each with its outcome, or as they are when the patience has ended. */
  Map<String, Message> await(Duration patience) throws InterruptedException {
    Progress.Stopwatch time = progress.start();
    while (true) {
      Map<String, Message> messages = all();
      long open = messages.values().stream().filter(Settling::isOpen).count();
      if (open == 0 || time.elapsed().compareTo(patience) > 0) {
        return messages;
      }
      progress.say("%d of %d messages have no outcome yet", open, messages.size());
      Thread.sleep(PAUSE);
    }
  }

  /** The messages by id as they are. */
  Map<String, Message> all() throws InterruptedException {
    var all = new HashMap<String, Message>();
    for (Linked account : accounts) {
      gateway
          .allMessages(account.instanceId(), MessageDirection.MESSAGE_DIRECTION_OUTBOUND)
          .forEach(message -> all.put(message.getMessageId(), message));
    }
    return all;
  }

  private static boolean isOpen(Message message) {
    return message.getStatus() == MessageStatus.MESSAGE_STATUS_ACCEPTED
        || message.getStatus() == MessageStatus.MESSAGE_STATUS_SENDING;
  }

  static Map<String, Integer> statuses(Collection<Message> messages) {
    var count = new TreeMap<String, Integer>();
    for (Message message : messages) {
      String status = message.getStatus().name().replace("MESSAGE_STATUS_", "");
      String cause =
          message.hasFailure()
              ? " " + message.getFailure().getCause().name().replace("CAUSE_", "")
              : "";
      count.merge(status + cause, 1, Integer::sum);
    }
    return count;
  }
}
