package dev.switchboard.randomised;

import dev.switchboard.api.sandbox.v1.ArmFaultRequest;
import dev.switchboard.api.sandbox.v1.Behaviour;
import dev.switchboard.api.sandbox.v1.ClearFaultsRequest;
import dev.switchboard.api.sandbox.v1.CreatePersonRequest;
import dev.switchboard.api.sandbox.v1.DisconnectDevicesRequest;
import dev.switchboard.api.sandbox.v1.PersonName;
import dev.switchboard.api.sandbox.v1.ReinstallPhoneRequest;
import dev.switchboard.api.sandbox.v1.SendAsPersonRequest;
import dev.switchboard.api.v1.LogOutInstanceRequest;
import dev.switchboard.api.v1.Message;
import dev.switchboard.api.v1.MessageStatus;
import dev.switchboard.api.v1.Peer;
import dev.switchboard.endtoend.Stage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Carries out the steps of a script and keeps the books. */
final class Run {
  private final Stage stage;
  private final RunLog log = new RunLog();
  private final Ledger ledger = new Ledger();
  private final Map<String, Peer> people = new HashMap<>();
  private final List<String> instances = new ArrayList<>();

  Run(Stage stage) {
    this.stage = stage;
  }

  /** Links and creates everybody. */
  void open() {
    for (String name : Cast.HELD) {
      people.put(name, stage.gateway().link(name));
      instances.add(name);
    }
    for (String name : Cast.PHONES_ONLY) {
      String number =
          stage
              .gateway()
              .sandbox()
              .createPerson(
                  CreatePersonRequest.newBuilder()
                      .setName(name)
                      .setBehaviour(Behaviour.BEHAVIOUR_SILENT)
                      .build())
              .getPerson()
              .getPhoneNumber();
      people.put(name, Peer.newBuilder().setPhoneNumber(number).build());
    }
  }

  void carryOut(List<Step> steps) throws InterruptedException {
    for (Step step : steps) {
      log.add(step);
      try {
        carryOut(step);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("after these steps:\n" + log.tail(80), e);
      }
    }
  }

  RunLog log() {
    return log;
  }

  Ledger ledger() {
    return ledger;
  }

  /** How many of the texts in the books failed, each with a cause. */
  long failed() {
    Holdings holdings = Holdings.read(stage.gateway(), people.keySet(), instances);
    return ledger.accepted().stream()
        .flatMap(each -> holdings.at(each.send().instance(), each.send().text()).stream())
        .filter(message -> message.getStatus() == MessageStatus.MESSAGE_STATUS_FAILED)
        .count();
  }

  private void carryOut(Step step) throws InterruptedException {
    switch (step) {
      case Step.GatewaySends send -> gatewaySends(send);
      case Step.PhoneSends send -> phoneSends(send);
      case Step.GoWrong wrong -> arm(wrong);
      case Step.DropConnections _ -> dropConnections();
      case Step.RestartServer _ -> stage.restartServer();
      case Step.LinkDevice link -> linkDevice(link);
      case Step.UnlinkDevice unlink -> unlinkDevice(unlink.instance());
      case Step.ReinstallPhone reinstall -> reinstallPhone(reinstall.person());
      case Step.Settle _ -> settle();
    }
  }

  /** In calm: pairing has tests of its own, and a failed one would only end the run. */
  private void linkDevice(Step.LinkDevice link) {
    calm();
    var _ = stage.gateway().link(link.instance(), link.person());
    instances.add(link.instance());
  }

  /** What the instance has accepted is sent before, or the books could not be checked. */
  private void unlinkDevice(String instance) throws InterruptedException {
    settle();
    var _ =
        stage
            .gateway()
            .instances()
            .logOutInstance(LogOutInstanceRequest.newBuilder().setInstanceId(instance).build());
    instances.remove(instance);
    ledger.closed(instance);
  }

  private void reinstallPhone(String person) {
    var _ =
        stage
            .gateway()
            .sandbox()
            .reinstallPhone(ReinstallPhoneRequest.newBuilder().setPerson(name(person)).build());
  }

  private void gatewaySends(Step.GatewaySends send) {
    Message accepted =
        stage
            .gateway()
            .send(send.instance(), Objects.requireNonNull(people.get(send.to())), send.text());
    ledger.accepted(send, accepted.getMessageId());
  }

  private void phoneSends(Step.PhoneSends send) {
    var _ =
        stage
            .gateway()
            .sandbox()
            .sendAsPerson(
                SendAsPersonRequest.newBuilder()
                    .setPerson(name(send.from()))
                    .setTo(name(send.to()))
                    .setText(send.text())
                    .build());
    ledger.typed(send);
  }

  private void arm(Step.GoWrong wrong) {
    ArmFaultRequest.Builder request =
        ArmFaultRequest.newBuilder()
            .setFault(wrong.fault())
            .setTimes(wrong.times())
            .setCode(wrong.code());
    if (!wrong.person().isEmpty()) {
      request.setPerson(name(wrong.person()));
    }
    var _ = stage.gateway().sandbox().armFault(request.build());
  }

  private void dropConnections() {
    var _ =
        stage.gateway().sandbox().disconnectDevices(DisconnectDevicesRequest.getDefaultInstance());
  }

  /** Takes every mistake back. */
  private void calm() {
    var _ = stage.gateway().sandbox().clearFaults(ClearFaultsRequest.getDefaultInstance());
  }

  private void settle() throws InterruptedException {
    calm();
    // What the network kept back, and what was asked for in vain, comes after the next login.
    dropConnections();
    instances.forEach(stage.gateway()::awaitReady);
    new Settlement(stage.gateway(), people.keySet(), instances, ledger)
        .check(this::dropConnections);
  }

  static PersonName name(String person) {
    return PersonName.newBuilder().setName(person).build();
  }
}
