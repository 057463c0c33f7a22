package dev.switchboard.sandbox.control;

import dev.switchboard.api.sandbox.v1.Behaviour;
import dev.switchboard.api.sandbox.v1.LinkedDevice;
import dev.switchboard.api.sandbox.v1.ListPeopleResponse;
import dev.switchboard.api.sandbox.v1.Person;
import dev.switchboard.api.sandbox.v1.PersonName;
import dev.switchboard.sandbox.account.DeviceAddress;
import dev.switchboard.sandbox.fault.Aim;
import dev.switchboard.sandbox.network.Change;
import dev.switchboard.sandbox.network.Network;
import dev.switchboard.sandbox.phone.People;
import dev.switchboard.sandbox.record.AccountRecord;
import dev.switchboard.sandbox.record.DeviceRecord;
import io.grpc.Status;
import java.util.List;
import java.util.Optional;

/** People by the names that callers use; inside of a change of the network. */
final class Directory {
  private final People people;

  Directory(People people) {
    this.people = people;
  }

  /** The person, or NOT_FOUND. */
  static AccountRecord find(Change change, PersonName name) {
    return lookUp(change, name)
        .orElseThrow(
            () -> Status.NOT_FOUND.withDescription("there is no such person").asRuntimeException());
  }

  /** The person; a name that nobody has yet makes a new one, a phone number does not. */
  AccountRecord findOrCreate(Change change, PersonName name) {
    return name.hasName() ? people.named(change, name.getName()) : find(change, name);
  }

  static ListPeopleResponse page(Change change, String after, int pageSize) {
    Requests.Page<AccountRecord> page =
        Requests.page(pageSize, limit -> change.state().accounts().after(after, limit));
    ListPeopleResponse.Builder answer = ListPeopleResponse.newBuilder();
    page.items().forEach(account -> answer.addPeople(describe(change, account)));
    if (page.more()) {
      answer.setNextPageToken(page.items().getLast().getPhoneNumber());
    }
    return answer.build();
  }

  AccountRecord create(Change change, String name, String phoneNumber, Behaviour behaviour) {
    String digits = phoneNumber.isEmpty() ? "" : phoneNumber.substring(1);
    boolean taken =
        change.state().accounts().named(name).isPresent()
            || change.state().accounts().find(digits).isPresent();
    if (taken) {
      throw Status.ALREADY_EXISTS
          .withDescription("the name or the phone number is taken")
          .asRuntimeException();
    }
    return people.create(
        change,
        name,
        digits,
        behaviour == Behaviour.BEHAVIOUR_ECHO
            ? AccountRecord.Behaviour.ECHO
            : AccountRecord.Behaviour.SILENT);
  }

  static Person describe(Change change, AccountRecord account) {
    List<LinkedDevice> devices =
        change.state().devices().of(account.getPhoneNumber()).stream()
            .map(device -> describe(change, account, device))
            .toList();
    return Person.newBuilder()
        .setName(account.getPushName())
        .setPhoneNumber("+" + account.getPhoneNumber())
        .setLid(account.getLid())
        .setBehaviour(
            account.getBehaviour() == AccountRecord.Behaviour.ECHO
                ? Behaviour.BEHAVIOUR_ECHO
                : Behaviour.BEHAVIOUR_SILENT)
        .addAllDevices(devices)
        .build();
  }

  /** Whose devices are meant: one person's, one of them, or everybody's. */
  static Aim aim(Network network, boolean hasPerson, PersonName person, int device) {
    if (!hasPerson && device != 0) {
      throw Status.INVALID_ARGUMENT
          .withDescription("a device is named with its person")
          .asRuntimeException();
    }
    return hasPerson
        ? network.change(change -> new Aim(find(change, person).getPhoneNumber(), device))
        : Aim.EVERYBODY;
  }

  private static Optional<AccountRecord> lookUp(Change change, PersonName name) {
    return name.hasName()
        ? change.state().accounts().named(name.getName())
        : change.state().accounts().find(name.getPhoneNumber().substring(1));
  }

  private static LinkedDevice describe(Change change, AccountRecord account, DeviceRecord device) {
    DeviceAddress address = new DeviceAddress(account.getPhoneNumber(), device.getId());
    return LinkedDevice.newBuilder()
        .setDeviceId(device.getId())
        .setConnected(change.isConnected(address))
        .setLinkTime(Times.ofSeconds(device.getLinked()))
        .build();
  }
}
