package dev.switchboard.sandbox.control;

import dev.switchboard.api.sandbox.v1.DisconnectDevicesRequest;
import dev.switchboard.api.sandbox.v1.DisconnectDevicesResponse;
import dev.switchboard.sandbox.fault.Aim;
import dev.switchboard.sandbox.network.Network;
import dev.switchboard.sandbox.network.StreamErrors;
import dev.switchboard.whatsapp.wire.Node;
import io.grpc.Status;
import java.util.Optional;

/** Ends connections, with or without a word. */
final class Dismissals {
  private final Network network;

  Dismissals(Network network) {
    this.network = network;
  }

  DisconnectDevicesResponse dismiss(DisconnectDevicesRequest request) {
    Aim aim =
        Directory.aim(network, request.hasPerson(), request.getPerson(), request.getDeviceId());
    Optional<Node> farewell = farewell(request);
    int count =
        farewell.isPresent()
            ? network.dismiss(aim::covers, farewell.get())
            : network.disconnect(aim::covers);
    return DisconnectDevicesResponse.newBuilder().setDeviceCount(count).build();
  }

  private static Optional<Node> farewell(DisconnectDevicesRequest request) {
    return switch (request.getFarewell()) {
      case FAREWELL_UNSPECIFIED -> Optional.empty();
      case FAREWELL_STREAM_ERROR -> Optional.of(StreamErrors.code(code(request)));
      case FAREWELL_REPLACED -> Optional.of(StreamErrors.replaced());
      case FAREWELL_DEVICE_REMOVED -> Optional.of(StreamErrors.deviceRemoved());
      case UNRECOGNIZED -> throw refusal("which farewell?");
    };
  }

  private static int code(DisconnectDevicesRequest request) {
    if (request.getCode() == 0) {
      throw refusal("this farewell needs a code");
    }
    return request.getCode();
  }

  private static RuntimeException refusal(String reason) {
    return Status.INVALID_ARGUMENT.withDescription(reason).asRuntimeException();
  }
}
