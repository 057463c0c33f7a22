package dev.switchboard.sandbox.control;

import dev.switchboard.api.sandbox.v1.ArmFaultRequest;
import dev.switchboard.api.sandbox.v1.ArmFaultResponse;
import dev.switchboard.api.sandbox.v1.ClearFaultsRequest;
import dev.switchboard.api.sandbox.v1.ClearFaultsResponse;
import dev.switchboard.api.sandbox.v1.CreatePersonRequest;
import dev.switchboard.api.sandbox.v1.CreatePersonResponse;
import dev.switchboard.api.sandbox.v1.DisconnectDevicesRequest;
import dev.switchboard.api.sandbox.v1.DisconnectDevicesResponse;
import dev.switchboard.api.sandbox.v1.EnterCodeRequest;
import dev.switchboard.api.sandbox.v1.EnterCodeResponse;
import dev.switchboard.api.sandbox.v1.GetSandboxRequest;
import dev.switchboard.api.sandbox.v1.GetSandboxResponse;
import dev.switchboard.api.sandbox.v1.GetStanzaDigestRequest;
import dev.switchboard.api.sandbox.v1.GetStanzaDigestResponse;
import dev.switchboard.api.sandbox.v1.ListPeopleRequest;
import dev.switchboard.api.sandbox.v1.ListPeopleResponse;
import dev.switchboard.api.sandbox.v1.ListPhoneMessagesRequest;
import dev.switchboard.api.sandbox.v1.ListPhoneMessagesResponse;
import dev.switchboard.api.sandbox.v1.ListStanzasRequest;
import dev.switchboard.api.sandbox.v1.ListStanzasResponse;
import dev.switchboard.api.sandbox.v1.Person;
import dev.switchboard.api.sandbox.v1.PersonName;
import dev.switchboard.api.sandbox.v1.PhoneMessage;
import dev.switchboard.api.sandbox.v1.ReinstallPhoneRequest;
import dev.switchboard.api.sandbox.v1.ReinstallPhoneResponse;
import dev.switchboard.api.sandbox.v1.RemoveDeviceRequest;
import dev.switchboard.api.sandbox.v1.RemoveDeviceResponse;
import dev.switchboard.api.sandbox.v1.RestrictPersonRequest;
import dev.switchboard.api.sandbox.v1.RestrictPersonResponse;
import dev.switchboard.api.sandbox.v1.SandboxServiceGrpc;
import dev.switchboard.api.sandbox.v1.ScanQrRequest;
import dev.switchboard.api.sandbox.v1.ScanQrResponse;
import dev.switchboard.api.sandbox.v1.SendAsPersonRequest;
import dev.switchboard.api.sandbox.v1.SendAsPersonResponse;
import dev.switchboard.api.sandbox.v1.SetPersonPresenceRequest;
import dev.switchboard.api.sandbox.v1.SetPersonPresenceResponse;
import dev.switchboard.api.sandbox.v1.StreamPhoneMessagesRequest;
import dev.switchboard.api.sandbox.v1.StreamPhoneMessagesResponse;
import dev.switchboard.api.sandbox.v1.TypeAsPersonRequest;
import dev.switchboard.api.sandbox.v1.TypeAsPersonResponse;
import dev.switchboard.sandbox.account.DeviceAddress;
import dev.switchboard.sandbox.network.Network;
import dev.switchboard.sandbox.phone.People;
import dev.switchboard.sandbox.phone.Phones;
import dev.switchboard.sandbox.phone.inbox.PhoneWatchers;
import dev.switchboard.sandbox.record.AccountRecord;
import dev.switchboard.sandbox.session.Keyboard;
import dev.switchboard.sandbox.session.Scanner;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;

/** The control service: a thin layer over the network and its people. */
public final class SandboxGrpcService extends SandboxServiceGrpc.SandboxServiceImplBase {
  private final Place place;
  private final Network network;
  private final Directory directory;
  private final Scans scans;
  private final FaultSwitches faults;
  private final StanzaReader stanzas;
  private final DeviceCommands devices;
  private final Dismissals dismissals;
  private final Restraints restraints;
  private final PhoneLog log;
  private final PhoneWatchers watchers;
  private final Requests requests = new Requests();

  public SandboxGrpcService(
      Place place,
      Network network,
      Phones phones,
      People people,
      PhoneWatchers watchers,
      Scanner scanner,
      Keyboard keyboard,
      FaultSwitches faults,
      StanzaReader stanzas,
      DeviceCommands devices) {
    this.place = place;
    this.network = network;
    this.directory = new Directory(people);
    this.scans = new Scans(scanner, keyboard);
    this.faults = faults;
    this.stanzas = stanzas;
    this.devices = devices;
    this.dismissals = new Dismissals(network);
    this.restraints = new Restraints(network, phones);
    this.log = new PhoneLog(network);
    this.watchers = watchers;
  }

  @Override
  public void getSandbox(GetSandboxRequest request, StreamObserver<GetSandboxResponse> observer) {
    requests.answer(request, observer, () -> place.describe(network));
  }

  @Override
  public void scanQr(ScanQrRequest request, StreamObserver<ScanQrResponse> observer) {
    requests.answer(
        request,
        observer,
        () -> {
          String name =
              network.change(
                  change -> directory.findOrCreate(change, request.getPerson()).getPushName());
          DeviceAddress device = scans.scan(request.getQrText(), name);
          return ScanQrResponse.newBuilder()
              .setPerson(person(request.getPerson()))
              .setDeviceId(device.device())
              .build();
        });
  }

  @Override
  public void enterCode(EnterCodeRequest request, StreamObserver<EnterCodeResponse> observer) {
    requests.answer(
        request,
        observer,
        () -> {
          DeviceAddress device = scans.type(request.getCode(), phone(request.getPerson()));
          return EnterCodeResponse.newBuilder()
              .setPerson(person(request.getPerson()))
              .setDeviceId(device.device())
              .build();
        });
  }

  @Override
  public void listPeople(ListPeopleRequest request, StreamObserver<ListPeopleResponse> observer) {
    requests.answer(request, observer, () -> people(request));
  }

  @Override
  public void createPerson(
      CreatePersonRequest request, StreamObserver<CreatePersonResponse> observer) {
    requests.answer(
        request,
        observer,
        () -> CreatePersonResponse.newBuilder().setPerson(create(request)).build());
  }

  @Override
  public void sendAsPerson(
      SendAsPersonRequest request, StreamObserver<SendAsPersonResponse> observer) {
    requests.answer(request, observer, () -> restraints.send(request));
  }

  @Override
  public void typeAsPerson(
      TypeAsPersonRequest request, StreamObserver<TypeAsPersonResponse> observer) {
    requests.answer(request, observer, () -> devices.type(request));
  }

  @Override
  public void setPersonPresence(
      SetPersonPresenceRequest request, StreamObserver<SetPersonPresenceResponse> observer) {
    requests.answer(request, observer, () -> devices.appear(request));
  }

  @Override
  public void restrictPerson(
      RestrictPersonRequest request, StreamObserver<RestrictPersonResponse> observer) {
    requests.answer(request, observer, () -> restraints.restrict(request));
  }

  @Override
  public void listPhoneMessages(
      ListPhoneMessagesRequest request, StreamObserver<ListPhoneMessagesResponse> observer) {
    requests.answer(request, observer, () -> messages(request));
  }

  @Override
  public void streamPhoneMessages(
      StreamPhoneMessagesRequest request, StreamObserver<StreamPhoneMessagesResponse> observer) {
    try {
      requests.check(request);
      String phone = phone(request.getPerson());
      var caller = (ServerCallStreamObserver<StreamPhoneMessagesResponse>) observer;
      PhoneStream stream = new PhoneStream(log, caller);
      Thread.ofVirtual()
          .name("phone stream")
          .start(() -> follow(stream, phone, request.getAfterSequence()));
    } catch (StatusRuntimeException e) {
      observer.onError(e);
    }
  }

  @Override
  public void armFault(ArmFaultRequest request, StreamObserver<ArmFaultResponse> observer) {
    requests.answer(request, observer, () -> faults.arm(request));
  }

  @Override
  public void clearFaults(
      ClearFaultsRequest request, StreamObserver<ClearFaultsResponse> observer) {
    requests.answer(request, observer, faults::clear);
  }

  @Override
  public void listStanzas(
      ListStanzasRequest request, StreamObserver<ListStanzasResponse> observer) {
    requests.answer(request, observer, () -> stanzas.list(request));
  }

  @Override
  public void getStanzaDigest(
      GetStanzaDigestRequest request, StreamObserver<GetStanzaDigestResponse> observer) {
    requests.answer(request, observer, () -> stanzas.digest(request));
  }

  @Override
  public void removeDevice(
      RemoveDeviceRequest request, StreamObserver<RemoveDeviceResponse> observer) {
    requests.answer(
        request,
        observer,
        () -> RemoveDeviceResponse.newBuilder().setPerson(devices.remove(request)).build());
  }

  @Override
  public void reinstallPhone(
      ReinstallPhoneRequest request, StreamObserver<ReinstallPhoneResponse> observer) {
    requests.answer(
        request,
        observer,
        () -> ReinstallPhoneResponse.newBuilder().setPerson(devices.reinstall(request)).build());
  }

  @Override
  public void disconnectDevices(
      DisconnectDevicesRequest request, StreamObserver<DisconnectDevicesResponse> observer) {
    requests.answer(request, observer, () -> dismissals.dismiss(request));
  }

  private void follow(PhoneStream stream, String phone, long afterSequence) {
    try {
      stream.run(watchers, phone, afterSequence);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private ListPeopleResponse people(ListPeopleRequest request) {
    return network.change(
        change -> Directory.page(change, request.getPageToken(), request.getPageSize()));
  }

  private ListPhoneMessagesResponse messages(ListPhoneMessagesRequest request) {
    String phone = phone(request.getPerson());
    long after = Requests.sequence(request.getPageToken());
    Requests.Page<PhoneMessage> page =
        Requests.page(request.getPageSize(), limit -> log.after(phone, after, limit));
    ListPhoneMessagesResponse.Builder answer =
        ListPhoneMessagesResponse.newBuilder().addAllMessages(page.items());
    if (page.more()) {
      answer.setNextPageToken(Long.toString(page.items().getLast().getSequence()));
    }
    return answer.build();
  }

  private Person create(CreatePersonRequest request) {
    return network.change(change -> {
      AccountRecord account =
          directory.create(
              change, request.getName(), request.getPhoneNumber(), request.getBehaviour());
      return Directory.describe(change, account);
    });
  }

  private Person person(PersonName name) {
    return network.change(change -> Directory.describe(change, Directory.find(change, name)));
  }

  private String phone(PersonName name) {
    return network.change(change -> Directory.find(change, name).getPhoneNumber());
  }
}
