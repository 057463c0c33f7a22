package dev.switchboard.contract.webhook;

import dev.switchboard.api.v1.WebhookAnswer;
import dev.switchboard.api.v1.WebhookAttempt;
import dev.switchboard.api.v1.WebhookDelivery;
import dev.switchboard.api.v1.WebhookDeliverySelection;
import dev.switchboard.api.v1.WebhookDeliveryState;
import dev.switchboard.api.v1.WebhookFailureCause;
import dev.switchboard.api.v1.WebhookUnreached;
import dev.switchboard.api.v1.WebhookUnreachedCause;
import dev.switchboard.contract.ContractNames;
import dev.switchboard.contract.Times;
import dev.switchboard.contract.event.EventMapper;
import dev.switchboard.model.InstanceId;
import dev.switchboard.webhook.Attempt;
import dev.switchboard.webhook.Delivery;
import dev.switchboard.webhook.DeliveryState;
import dev.switchboard.webhook.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Deliveries, their attempts, and which of them callers mean. */
public final class WebhookDeliveryMapper {
  private static final String STATE = "WEBHOOK_DELIVERY_STATE_";

  private WebhookDeliveryMapper() {}

  /** With all attempts that are kept. */
  public static WebhookDelivery toContract(Delivery delivery) {
    return toContract(delivery, delivery.newestAttempts());
  }

  /** With the newest attempt only. */
  public static WebhookDelivery toContractBriefly(Delivery delivery) {
    List<Attempt> attempts = delivery.newestAttempts();
    return toContract(
        delivery, attempts.subList(Math.max(0, attempts.size() - 1), attempts.size()));
  }

  private static WebhookDelivery toContract(Delivery delivery, List<Attempt> attempts) {
    var contract =
        WebhookDelivery.newBuilder()
            .setWebhookId(delivery.webhook().id())
            .setDeliveryId(delivery.id().toString())
            .setEventId(delivery.eventId())
            .setInstanceId(delivery.account().instance().value())
            .setKind(EventMapper.toContract(delivery.kind()))
            .setSequence(delivery.sequence())
            .setState(toContract(delivery.state()))
            .setReplay(delivery.replay())
            .setAttemptCount(delivery.attempts())
            .setUpdateTime(Times.toContract(delivery.updatedAt()))
            .addAllAttempts(attempts.stream().map(WebhookDeliveryMapper::toContract).toList());
    delivery.failure().ifPresent(failure -> contract.setFailureCause(toContract(failure)));
    delivery.dueAt().ifPresent(due -> contract.setNextAttemptTime(Times.toContract(due)));
    return contract.build();
  }

  public static WebhookAttempt toContract(Attempt attempt) {
    var contract =
        WebhookAttempt.newBuilder()
            .setNumber(attempt.number())
            .setAttemptTime(Times.toContract(attempt.at()))
            .setLatency(Times.toContract(attempt.latency()));
    switch (attempt.outcome()) {
      case Outcome.Answered answered -> contract.setAnswer(answer(answered));
      case Outcome.Unreached(Outcome.Cause cause, String detail) ->
          contract.setUnreached(
              WebhookUnreached.newBuilder().setCause(toContract(cause)).setDetail(detail));
    }
    return contract.build();
  }

  /** Which deliveries are meant. */
  public static Delivery.Selection toModel(WebhookDeliverySelection asked) {
    return new Delivery.Selection(
        asked.getStatesList().stream()
            .map(state ->
                ContractNames.toModel(DeliveryState.class, STATE, state, "selection.states"))
            .collect(Collectors.toSet()),
        asked.getInstanceIdsList().stream().map(InstanceId::new).collect(Collectors.toSet()),
        asked.hasStartTime() ? time(asked.getStartTime()) : Optional.empty(),
        asked.hasEndTime() ? time(asked.getEndTime()) : Optional.empty(),
        Set.copyOf(asked.getEventIdsList()));
  }

  private static Optional<Instant> time(com.google.protobuf.Timestamp time) {
    return Optional.of(Times.toModel(time));
  }

  private static WebhookAnswer answer(Outcome.Answered answered) {
    var answer =
        WebhookAnswer.newBuilder().setStatusCode(answered.status()).setBody(answered.answer());
    answered.retryAfter().ifPresent(after -> answer.setRetryAfter(Times.toContract(after)));
    return answer.build();
  }

  private static WebhookDeliveryState toContract(DeliveryState state) {
    return ContractNames.toContract(WebhookDeliveryState.class, STATE, state);
  }

  private static WebhookFailureCause toContract(Delivery.Failure failure) {
    return ContractNames.toContract(WebhookFailureCause.class, "WEBHOOK_FAILURE_CAUSE_", failure);
  }

  private static WebhookUnreachedCause toContract(Outcome.Cause cause) {
    return ContractNames.toContract(WebhookUnreachedCause.class, "WEBHOOK_UNREACHED_CAUSE_", cause);
  }
}
