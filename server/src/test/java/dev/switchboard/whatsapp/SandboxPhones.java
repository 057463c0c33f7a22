package dev.switchboard.whatsapp;

import com.google.protobuf.Duration;
import dev.switchboard.api.sandbox.v1.ArmFaultRequest;
import dev.switchboard.api.sandbox.v1.Fault;
import dev.switchboard.api.sandbox.v1.ListPhoneMessagesRequest;
import dev.switchboard.api.sandbox.v1.ListStanzasRequest;
import dev.switchboard.api.sandbox.v1.PersonName;
import dev.switchboard.api.sandbox.v1.PhoneMessage;
import dev.switchboard.api.sandbox.v1.ReinstallPhoneRequest;
import dev.switchboard.api.sandbox.v1.RemoveDeviceRequest;
import dev.switchboard.api.sandbox.v1.RestrictPersonRequest;
import dev.switchboard.api.sandbox.v1.SandboxServiceGrpc;
import dev.switchboard.api.sandbox.v1.SandboxServiceGrpc.SandboxServiceBlockingStub;
import dev.switchboard.api.sandbox.v1.ScanQrRequest;
import dev.switchboard.api.sandbox.v1.SendAsPersonRequest;
import dev.switchboard.api.sandbox.v1.Stanza;
import dev.switchboard.api.sandbox.v1.StanzaDirection;
import dev.switchboard.model.Peer;
import dev.switchboard.sandbox.Sandbox;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** The phones of the people of a sandbox, held by a test. */
final class SandboxPhones implements AutoCloseable {
  private final ManagedChannel channel;
  private final SandboxServiceBlockingStub service;

  SandboxPhones(Sandbox sandbox) {
    channel =
        Grpc.newChannelBuilder(
                "localhost:" + sandbox.controlPort(), InsecureChannelCredentials.create())
            .build();
    service = SandboxServiceGrpc.newBlockingStub(channel);
  }

  /**
   * Links the account as one more device of the person's phone, and waits until it is logged in.
   */
  Peer link(EngineDriver driver, String person) throws InterruptedException {
    driver.start();
    var _ =
        service.scanQr(
            ScanQrRequest.newBuilder()
                .setQrText(driver.awaitQr().text())
                .setPerson(named(person))
                .build());
    driver.awaitPaired();
    return driver.awaitLoggedIn();
  }

  void send(String from, String to, String text) {
    var _ =
        service.sendAsPerson(
            SendAsPersonRequest.newBuilder()
                .setPerson(named(from))
                .setTo(named(to))
                .setText(text)
                .build());
  }

  /** What the person's phone decrypted. */
  List<String> textsOf(String person) {
    return service
        .listPhoneMessages(ListPhoneMessagesRequest.newBuilder().setPerson(named(person)).build())
        .getMessagesList()
        .stream()
        .map(PhoneMessage::getText)
        .toList();
  }

  /** How many messages the network took from clients, among them those that no person sees. */
  long messagesTaken() {
    return stanzas("message", StanzaDirection.STANZA_DIRECTION_FROM_CLIENT).count();
  }

  /** What the person's clients said of whether somebody is there, in order. */
  List<String> presencesOf(Peer person) {
    String number = person.knownPhoneNumber().orElseThrow().e164();
    return stanzas("presence", StanzaDirection.STANZA_DIRECTION_FROM_CLIENT)
        .filter(stanza -> stanza.getPhoneNumber().equals(number))
        .map(Stanza::getNode)
        .map(presence -> presence.getAttributesMap().getOrDefault("type", ""))
        .toList();
  }

  /** What clients were told of the typing of others, in order. */
  List<String> chatStatesTold() {
    return stanzas("chatstate", StanzaDirection.STANZA_DIRECTION_TO_CLIENT)
        .map(state -> state.getNode().getChildren(0).getTag())
        .toList();
  }

  private Stream<Stanza> stanzas(String tag, StanzaDirection direction) {
    var request =
        ListStanzasRequest.newBuilder().setDirection(direction).setPageSize(1_000).build();
    return service.listStanzas(request).getStanzasList().stream()
        .filter(stanza -> stanza.getNode().getTag().equals(tag));
  }

  /** The person removes a linked device. */
  void remove(String person, int device) {
    var _ =
        service.removeDevice(
            RemoveDeviceRequest.newBuilder().setPerson(named(person)).setDeviceId(device).build());
  }

  /** The person sets the phone up anew: another identity, and no linked devices. */
  void reinstall(String person) {
    var _ =
        service.reinstallPhone(ReinstallPhoneRequest.newBuilder().setPerson(named(person)).build());
  }

  /** From now on, so many times, the person's devices are told as they are now. */
  void tellOldDevicesOf(String person, int times) {
    var _ =
        service.armFault(
            ArmFaultRequest.newBuilder()
                .setFault(Fault.FAULT_STALE_DEVICE_LIST)
                .setPerson(named(person))
                .setTimes(times)
                .build());
  }

  /**
   * Puts the person under a reach-out lock, or asks for tokens of those who write to them.
   *
   * @param seconds how long the lock lasts; 0 lifts it
   * @return when it ends
   */
  Instant restrict(String person, int seconds, boolean requiresToken) {
    var request =
        RestrictPersonRequest.newBuilder()
            .setPerson(named(person))
            .setRequiresPrivacyToken(requiresToken);
    if (seconds > 0) {
      request.setReachoutLock(Duration.newBuilder().setSeconds(seconds));
    }
    return Instant.ofEpochSecond(
        service.restrictPerson(request.build()).getLockEndTime().getSeconds());
  }

  private static PersonName named(String person) {
    return PersonName.newBuilder().setName(person).build();
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
