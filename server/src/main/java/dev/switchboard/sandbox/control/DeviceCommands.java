package dev.switchboard.sandbox.control;

import dev.switchboard.api.sandbox.v1.Person;
import dev.switchboard.api.sandbox.v1.ReinstallPhoneRequest;
import dev.switchboard.api.sandbox.v1.RemoveDeviceRequest;
import dev.switchboard.sandbox.account.DeviceAddress;
import dev.switchboard.sandbox.device.Reinstallation;
import dev.switchboard.sandbox.device.Removal;
import dev.switchboard.sandbox.network.Network;
import dev.switchboard.sandbox.record.AccountRecord;
import io.grpc.Status;

/** What a person does with the phone's list of devices, and with the phone itself. */
public final class DeviceCommands {
  private final Network network;
  private final Removal removal;
  private final Reinstallation reinstallation;

  public DeviceCommands(Network network, Removal removal, Reinstallation reinstallation) {
    this.network = network;
    this.removal = removal;
    this.reinstallation = reinstallation;
  }

  Person remove(RemoveDeviceRequest request) {
    return network.change(change -> {
      AccountRecord account = Directory.find(change, request.getPerson());
      var device = new DeviceAddress(account.getPhoneNumber(), request.getDeviceId());
      if (change.state().devices().find(device).isEmpty()) {
        throw Status.NOT_FOUND
            .withDescription("the person has no such device")
            .asRuntimeException();
      }
      removal.remove(change, device);
      return Directory.describe(change, account);
    });
  }

  Person reinstall(ReinstallPhoneRequest request) {
    return network.change(change -> {
      AccountRecord account = Directory.find(change, request.getPerson());
      return Directory.describe(change, reinstallation.reinstall(change, account));
    });
  }
}
