package dev.switchboard.sandbox.control;

import dev.switchboard.api.sandbox.v1.ArmFaultRequest;
import dev.switchboard.api.sandbox.v1.ArmFaultResponse;
import dev.switchboard.sandbox.fault.Fault;
import dev.switchboard.sandbox.fault.Faults;
import io.grpc.Status;

/** Arms faults by their names in the contract. */
final class FaultSwitches {
  private final Faults faults;

  FaultSwitches(Faults faults) {
    this.faults = faults;
  }

  ArmFaultResponse arm(ArmFaultRequest request) {
    Fault fault = fault(request);
    boolean needsCode = fault == Fault.LOGIN_FAILURE || fault == Fault.STREAM_ERROR;
    if (needsCode && request.getCode() == 0 && request.getTimes() > 0) {
      throw Status.INVALID_ARGUMENT.withDescription("this fault needs a code").asRuntimeException();
    }
    faults.arm(fault, request.getTimes(), request.getCode());
    return ArmFaultResponse.getDefaultInstance();
  }

  private static Fault fault(ArmFaultRequest request) {
    return switch (request.getFault()) {
      case FAULT_CERTIFICATE_CHAIN -> Fault.CERTIFICATE_CHAIN;
      case FAULT_ACCOUNT_SIGNATURE -> Fault.ACCOUNT_SIGNATURE;
      case FAULT_PAIRING_HMAC -> Fault.PAIRING_HMAC;
      case FAULT_SIGNED_PREKEY_SIGNATURE -> Fault.SIGNED_PREKEY_SIGNATURE;
      case FAULT_CIPHERTEXT -> Fault.CIPHERTEXT;
      case FAULT_LOGIN_FAILURE -> Fault.LOGIN_FAILURE;
      case FAULT_STREAM_ERROR -> Fault.STREAM_ERROR;
      case FAULT_UNSPECIFIED, UNRECOGNIZED ->
          throw Status.INVALID_ARGUMENT.withDescription("which fault?").asRuntimeException();
    };
  }
}
