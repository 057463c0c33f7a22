package dev.switchboard.contract;

import com.google.protobuf.Timestamp;
import dev.switchboard.api.v1.BulkItem;
import dev.switchboard.api.v1.MessagePriority;
import dev.switchboard.api.v1.SendMessageRequest;
import dev.switchboard.api.v1.WaitFor;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.instance.Instance;
import dev.switchboard.model.message.MessageStatus;
import dev.switchboard.model.message.Priority;
import dev.switchboard.model.message.SendOptions;
import dev.switchboard.model.pacing.PacingLimit;
import dev.switchboard.model.pacing.SendPlan;
import dev.switchboard.model.pacing.SendRisk;
import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** How a message is to be sent, and when it would be. */
public final class SendMapper {
  private static final long END = Instant.parse("9999-12-31T00:00:00Z").getEpochSecond();

  private SendMapper() {}

  /**
   * How a request wants its message sent.
   *
   * @param instance whose policy says whether it is typed where the request does not
   */
  public static SendOptions options(SendMessageRequest request, Instance instance) {
    return new SendOptions(
        priority(request.getPriority()),
        time(request.hasNotBefore(), request.getNotBefore(), "not_before"),
        time(request.hasExpireTime(), request.getExpireTime(), "expire_time"),
        request.hasTyping() ? request.getTyping() : everyText(instance),
        null);
  }

  /** How a message of a bulk is wanted to be sent. */
  public static SendOptions options(BulkItem item, String bulk, Instance instance) {
    return new SendOptions(
        priority(item.getPriority()),
        time(item.hasNotBefore(), item.getNotBefore(), "not_before"),
        time(item.hasExpireTime(), item.getExpireTime(), "expire_time"),
        item.hasTyping() ? item.getTyping() : everyText(instance),
        bulk);
  }

  private static boolean everyText(Instance instance) {
    return instance.effectivePacing().typing().everyText();
  }

  /** The priority asked for. */
  public static Priority priority(MessagePriority priority) {
    return priority == MessagePriority.MESSAGE_PRIORITY_UNSPECIFIED
        ? Priority.NORMAL
        : ContractNames.toModel(Priority.class, "MESSAGE_PRIORITY_", priority, "priority");
  }

  /** How urgent it is. */
  public static MessagePriority toContract(Priority priority) {
    return ContractNames.toContract(MessagePriority.class, "MESSAGE_PRIORITY_", priority);
  }

  /** The time that a field holds, or null when it is absent. */
  public static @Nullable Instant time(boolean present, Timestamp time, String field) {
    if (!present) {
      return null;
    }
    if (time.getSeconds() < 0 || time.getSeconds() >= END || time.getNanos() < 0) {
      throw GatewayException.invalidField(field, "must be a time from 1970 to 9999");
    }
    return Times.toModel(time);
  }

  /** How far a message is to be when its call answers. */
  public static MessageStatus toModel(WaitFor wait) {
    return wait == WaitFor.WAIT_FOR_UNSPECIFIED
        ? MessageStatus.ACCEPTED
        : ContractNames.toModel(MessageStatus.class, "WAIT_FOR_", wait, "wait_for");
  }

  /** When a message would go. */
  public static dev.switchboard.api.v1.SendPlan toContract(SendPlan plan) {
    var contract = dev.switchboard.api.v1.SendPlan.newBuilder();
    if (plan.time() != null && plan.earliest() != null && plan.latest() != null) {
      contract
          .setTime(Times.toContract(plan.time()))
          .setEarliestTime(Times.toContract(plan.earliest()))
          .setLatestTime(Times.toContract(plan.latest()));
    }
    if (plan.limit() != null) {
      contract.setLimit(toContract(plan.limit()));
    }
    plan.risks().stream()
        .sorted(Comparator.naturalOrder())
        .map(SendMapper::toContract)
        .forEach(contract::addRisks);
    return contract.build();
  }

  private static dev.switchboard.api.v1.PacingLimit toContract(PacingLimit limit) {
    return ContractNames.toContract(
        dev.switchboard.api.v1.PacingLimit.class, "PACING_LIMIT_", limit);
  }

  private static dev.switchboard.api.v1.SendRisk toContract(SendRisk risk) {
    return ContractNames.toContract(dev.switchboard.api.v1.SendRisk.class, "SEND_RISK_", risk);
  }
}
