package dev.switchboard.sandbox.control;

import dev.switchboard.api.sandbox.v1.Person;
import dev.switchboard.api.sandbox.v1.PersonChatState;
import dev.switchboard.api.sandbox.v1.ReinstallPhoneRequest;
import dev.switchboard.api.sandbox.v1.RemoveDeviceRequest;
import dev.switchboard.api.sandbox.v1.SetPersonPresenceRequest;
import dev.switchboard.api.sandbox.v1.SetPersonPresenceResponse;
import dev.switchboard.api.sandbox.v1.TypeAsPersonRequest;
import dev.switchboard.api.sandbox.v1.TypeAsPersonResponse;
import dev.switchboard.sandbox.account.DeviceAddress;
import dev.switchboard.sandbox.account.Jids;
import dev.switchboard.sandbox.device.Reinstallation;
import dev.switchboard.sandbox.device.Removal;
import dev.switchboard.sandbox.network.Network;
import dev.switchboard.sandbox.presence.Onlookers;
import dev.switchboard.sandbox.presence.Typing;
import dev.switchboard.sandbox.record.AccountRecord;
import dev.switchboard.whatsapp.wire.Node;
import io.grpc.Status;
import java.util.Map;

/** What a person does with the phone, and with its list of devices. */
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

  SetPersonPresenceResponse appear(SetPersonPresenceRequest request) {
    return network.change(change -> {
      AccountRecord account = Directory.find(change, request.getPerson());
      if (request.hasHidesLastSeen()) {
        boolean hides = request.getHidesLastSeen();
        change.state().accounts().put(account.toBuilder().setHidesLastSeen(hides).build());
      }
      Onlookers.see(change, phoneOf(account), request.getOnline());
      return SetPersonPresenceResponse.getDefaultInstance();
    });
  }

  TypeAsPersonResponse type(TypeAsPersonRequest request) {
    return network.change(change -> {
      AccountRecord account = Directory.find(change, request.getPerson());
      AccountRecord to = Directory.find(change, request.getTo());
      Onlookers.see(change, phoneOf(account), true);
      Typing.tell(change, account, to, Jids.byNumber(to, 0), state(request.getState()));
      return TypeAsPersonResponse.getDefaultInstance();
    });
  }

  private static DeviceAddress phoneOf(AccountRecord account) {
    return new DeviceAddress(account.getPhoneNumber(), 0);
  }

  private static Node state(PersonChatState state) {
    return switch (state) {
      case PERSON_CHAT_STATE_COMPOSING -> Node.of("composing");
      case PERSON_CHAT_STATE_RECORDING -> Node.of("composing", Map.of("media", "audio"));
      case PERSON_CHAT_STATE_PAUSED -> Node.of("paused");
      case PERSON_CHAT_STATE_UNSPECIFIED, UNRECOGNIZED ->
          throw new IllegalArgumentException("refused by the rules of the contract");
    };
  }
}
