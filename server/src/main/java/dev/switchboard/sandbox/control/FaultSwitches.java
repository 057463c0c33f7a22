package dev.switchboard.sandbox.control;

import dev.switchboard.api.sandbox.v1.ArmFaultRequest;
import dev.switchboard.api.sandbox.v1.ArmFaultResponse;
import dev.switchboard.api.sandbox.v1.ClearFaultsResponse;
import dev.switchboard.sandbox.device.DeviceLists;
import dev.switchboard.sandbox.fault.Aim;
import dev.switchboard.sandbox.fault.Fault;
import dev.switchboard.sandbox.fault.Faults;
import dev.switchboard.sandbox.fault.Manner;
import dev.switchboard.sandbox.network.Network;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.Set;

/** Arms faults by their names in the contract. */
public final class FaultSwitches {
  private static final Duration LONGEST_DELAY = Duration.ofMinutes(10);
  private static final Set<Fault> WITH_CODE =
      Set.of(Fault.LOGIN_FAILURE, Fault.STREAM_ERROR, Fault.ACK_ERROR, Fault.MEDIA_FAILURE);
  private static final Set<Fault> DELAYS = Set.of(Fault.LATENCY, Fault.ACK_LATE);

  private final Faults faults;
  private final Network network;
  private final DeviceLists lists;

  public FaultSwitches(Faults faults, Network network, DeviceLists lists) {
    this.faults = faults;
    this.network = network;
    this.lists = lists;
  }

  ArmFaultResponse arm(ArmFaultRequest request) {
    Fault fault = fault(request.getFault());
    int times = request.getUntilTakenBack() ? Faults.ENDLESS : request.getTimes();
    Aim aim =
        Directory.aim(network, request.hasPerson(), request.getPerson(), request.getDeviceId());
    Manner manner = manner(request);
    check(fault, aim, times, manner);
    if (!faults.arm(fault, aim, times, manner)) {
      throw Status.RESOURCE_EXHAUSTED
          .withDescription("as many faults are armed as may be")
          .asRuntimeException();
    }
    if (fault == Fault.STALE_DEVICE_LIST) {
      network.update(change -> lists.remember(change, Directory.find(change, request.getPerson())));
    }
    return ArmFaultResponse.getDefaultInstance();
  }

  ClearFaultsResponse clear() {
    faults.clear();
    return ClearFaultsResponse.getDefaultInstance();
  }

  private static void check(Fault fault, Aim aim, int times, Manner manner) {
    if (WITH_CODE.contains(fault) && manner.code() == 0 && times > 0) {
      throw refusal("this fault needs a code");
    }
    if (fault == Fault.CERTIFICATE_CHAIN && !aim.equals(Aim.EVERYBODY)) {
      throw refusal("this fault cannot be aimed");
    }
    if (fault == Fault.STALE_DEVICE_LIST && (aim.equals(Aim.EVERYBODY) || aim.device() != 0)) {
      throw refusal("a list of devices is a person's");
    }
    if (DELAYS.contains(fault) && manner.time().compareTo(LONGEST_DELAY) > 0) {
      throw refusal("a delay is at most 10 minutes");
    }
  }

  private static Manner manner(ArmFaultRequest request) {
    Manner manner =
        Manner.USUAL
            .withCode(request.getCode())
            .withDetail(request.getDetailCode())
            .withTime(Times.duration(request.getDuration()));
    if (request.getPercent() > 0) {
      manner = manner.withPercent(request.getPercent());
    }
    return request.getBatch() > 0 ? manner.withBatch(request.getBatch()) : manner;
  }

  private static Fault fault(dev.switchboard.api.sandbox.v1.Fault named) {
    return switch (named) {
      case FAULT_CERTIFICATE_CHAIN -> Fault.CERTIFICATE_CHAIN;
      case FAULT_ACCOUNT_SIGNATURE -> Fault.ACCOUNT_SIGNATURE;
      case FAULT_PAIRING_HMAC -> Fault.PAIRING_HMAC;
      case FAULT_PASSKEY_REQUIRED -> Fault.PASSKEY_REQUIRED;
      case FAULT_SIGNED_PREKEY_SIGNATURE -> Fault.SIGNED_PREKEY_SIGNATURE;
      case FAULT_DEVICE_IDENTITY -> Fault.DEVICE_IDENTITY;
      case FAULT_CIPHERTEXT -> Fault.CIPHERTEXT;
      case FAULT_LOGIN_FAILURE -> Fault.LOGIN_FAILURE;
      case FAULT_STREAM_ERROR -> Fault.STREAM_ERROR;
      case FAULT_CONFLICT_REPLACED -> Fault.CONFLICT_REPLACED;
      case FAULT_CONFLICT_DEVICE_REMOVED -> Fault.CONFLICT_DEVICE_REMOVED;
      case FAULT_LATENCY -> Fault.LATENCY;
      case FAULT_STANZA_TO_CLIENT_LOST -> Fault.STANZA_TO_CLIENT_LOST;
      case FAULT_STANZA_FROM_CLIENT_LOST -> Fault.STANZA_FROM_CLIENT_LOST;
      case FAULT_HALF_OPEN -> Fault.HALF_OPEN;
      case FAULT_SILENT -> Fault.SILENT;
      case FAULT_MUTE -> Fault.MUTE;
      case FAULT_ACK_LOST -> Fault.ACK_LOST;
      case FAULT_ACK_DOUBLED -> Fault.ACK_DOUBLED;
      case FAULT_ACK_LATE -> Fault.ACK_LATE;
      case FAULT_ACK_ERROR -> Fault.ACK_ERROR;
      case FAULT_MESSAGE_LOST -> Fault.MESSAGE_LOST;
      case FAULT_MESSAGE_DOUBLED -> Fault.MESSAGE_DOUBLED;
      case FAULT_MESSAGES_SHUFFLED -> Fault.MESSAGES_SHUFFLED;
      case FAULT_STALE_DEVICE_LIST -> Fault.STALE_DEVICE_LIST;
      case FAULT_LID_HIDDEN -> Fault.LID_HIDDEN;
      case FAULT_EXTERNAL_BLOBS -> Fault.EXTERNAL_BLOBS;
      case FAULT_APP_STATE_UNANSWERED -> Fault.APP_STATE_UNANSWERED;
      case FAULT_APP_STATE_FORGED -> Fault.APP_STATE_FORGED;
      case FAULT_MEDIA_FAILURE -> Fault.MEDIA_FAILURE;
      case FAULT_MEDIA_DAMAGED -> Fault.MEDIA_DAMAGED;
      case FAULT_MEDIA_SILENT -> Fault.MEDIA_SILENT;
      case FAULT_UNSPECIFIED, UNRECOGNIZED -> throw refusal("which fault?");
    };
  }

  private static StatusRuntimeException refusal(String reason) {
    return Status.INVALID_ARGUMENT.withDescription(reason).asRuntimeException();
  }
}
