package dev.switchboard.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.api.v1.ErrorReason;
import dev.switchboard.api.v1.MessageDirection;
import dev.switchboard.api.v1.MessageFailure;
import dev.switchboard.api.v1.MessagePriority;
import dev.switchboard.api.v1.UndecryptableContent;
import dev.switchboard.model.Reason;
import dev.switchboard.model.instance.InstanceState;
import dev.switchboard.model.instance.Network;
import dev.switchboard.model.instance.StateCause;
import dev.switchboard.model.message.Direction;
import dev.switchboard.model.message.FailureCause;
import dev.switchboard.model.message.MessageStatus;
import dev.switchboard.model.message.Priority;
import dev.switchboard.model.message.UndecryptableReason;
import dev.switchboard.model.pacing.PacingLimit;
import dev.switchboard.model.pacing.SendRisk;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The model and the contract use the same words. */
class ContractNamesTest {
  @Test
  void bothSidesNameTheSame() {
    same(dev.switchboard.api.v1.Network.values(), "NETWORK_", Network.values());
    same(dev.switchboard.api.v1.InstanceState.values(), "INSTANCE_STATE_", InstanceState.values());
    same(dev.switchboard.api.v1.StateCause.values(), "STATE_CAUSE_", StateCause.values());
    same(dev.switchboard.api.v1.MessageStatus.values(), "MESSAGE_STATUS_", MessageStatus.values());
    same(MessageDirection.values(), "MESSAGE_DIRECTION_", Direction.values());
    same(UndecryptableContent.Reason.values(), "REASON_", UndecryptableReason.values());
    same(MessageFailure.Cause.values(), "CAUSE_", FailureCause.values());
    same(MessagePriority.values(), "MESSAGE_PRIORITY_", Priority.values());
    same(dev.switchboard.api.v1.PacingLimit.values(), "PACING_LIMIT_", PacingLimit.values());
    same(dev.switchboard.api.v1.SendRisk.values(), "SEND_RISK_", SendRisk.values());
  }

  @Test
  void theContractListsEveryReasonAndInternal() {
    List<String> documented = names(ErrorReason.values(), "ERROR_REASON_");
    List<String> thrown =
        Stream.concat(Arrays.stream(Reason.values()).map(Enum::name), Stream.of("INTERNAL"))
            .toList();
    assertThat(documented).containsExactlyInAnyOrderElementsOf(thrown);
  }

  private static void same(Enum<?>[] contract, String prefix, Enum<?>[] model) {
    assertThat(names(contract, prefix))
        .containsExactlyInAnyOrderElementsOf(Arrays.stream(model).map(Enum::name).toList());
  }

  /** Without the prefix of the contract, and what every enum of protobuf has besides. */
  private static List<String> names(Enum<?>[] contract, String prefix) {
    return Arrays.stream(contract)
        .map(Enum::name)
        .filter(name -> !name.equals(prefix + "UNSPECIFIED") && !name.equals("UNRECOGNIZED"))
        .map(name -> name.substring(prefix.length()))
        .toList();
  }
}
