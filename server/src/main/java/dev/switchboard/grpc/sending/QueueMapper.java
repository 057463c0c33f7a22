package dev.switchboard.grpc.sending;

import dev.switchboard.api.v1.RescheduleMessageResponse;
import dev.switchboard.contract.MessageMapper;
import dev.switchboard.contract.SendMapper;
import dev.switchboard.contract.Times;
import dev.switchboard.model.message.Priority;
import dev.switchboard.model.message.SendOptions;
import dev.switchboard.outbox.control.QueueStatistics;
import dev.switchboard.outbox.control.QueuedMessage;

/** Queues and what waits in them, as the contract has them. */
public final class QueueMapper {
  private QueueMapper() {}

  public static dev.switchboard.api.v1.QueuedMessage toContract(QueuedMessage queued) {
    SendOptions options = queued.options();
    var contract =
        dev.switchboard.api.v1.QueuedMessage.newBuilder()
            .setMessage(MessageMapper.toContract(queued.message()))
            .setPriority(SendMapper.toContract(options.priority()))
            .setAttempts(queued.attempts());
    if (options.notBefore() != null) {
      contract.setNotBefore(Times.toContract(options.notBefore()));
    }
    if (options.expiresAt() != null) {
      contract.setExpireTime(Times.toContract(options.expiresAt()));
    }
    if (options.bulk() != null) {
      contract.setBulkId(options.bulk());
    }
    return contract.build();
  }

  /** A message that was moved. */
  public static RescheduleMessageResponse rescheduled(QueuedMessage queued) {
    var contract =
        RescheduleMessageResponse.newBuilder()
            .setMessage(MessageMapper.toContract(queued.message()));
    if (queued.options().notBefore() != null) {
      contract.setNotBefore(Times.toContract(queued.options().notBefore()));
    }
    return contract.build();
  }

  public static dev.switchboard.api.v1.QueueStatistics toContract(QueueStatistics statistics) {
    var contract =
        dev.switchboard.api.v1.QueueStatistics.newBuilder()
            .setWaitingHigh(waiting(statistics, Priority.HIGH))
            .setWaitingNormal(waiting(statistics, Priority.NORMAL))
            .setWaitingLow(waiting(statistics, Priority.LOW))
            .setScheduled(statistics.scheduled())
            .setSending(statistics.sending())
            .setHeldChats(statistics.chatsSetAside())
            .setPaused(statistics.paused())
            .setConnected(statistics.connected());
    if (statistics.oldestAcceptedAt() != null) {
      contract.setOldestAcceptTime(Times.toContract(statistics.oldestAcceptedAt()));
    }
    return contract.build();
  }

  private static int waiting(QueueStatistics statistics, Priority priority) {
    return statistics.waiting().getOrDefault(priority, 0);
  }
}
