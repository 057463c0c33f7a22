package dev.switchboard.sandbox;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.switchboard.api.sandbox.v1.Behaviour;
import dev.switchboard.api.sandbox.v1.CreatePersonRequest;
import dev.switchboard.api.sandbox.v1.ListPhoneMessagesRequest;
import dev.switchboard.api.sandbox.v1.PersonName;
import dev.switchboard.api.sandbox.v1.PhoneMessage;
import dev.switchboard.api.sandbox.v1.SandboxServiceGrpc;
import dev.switchboard.api.sandbox.v1.SendAsPersonRequest;
import dev.switchboard.sandbox.companion.Companion;
import dev.switchboard.sandbox.companion.Trust;
import dev.switchboard.sandbox.network.NetworkLimits;
import dev.switchboard.sandbox.network.Refusal;
import dev.switchboard.whatsapp.wire.Jid;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A sandbox, and what a test does with it from outside. */
final class OpenSandbox implements AutoCloseable {
  /** As the network's own, without the waiting. */
  static final NetworkLimits LIMITS = limits(100, NetworkLimits.DEFAULT.phoneMessages());

  private final Sandbox sandbox;
  private final HttpClient http;
  private final ManagedChannel channel;

  private OpenSandbox(Sandbox sandbox) {
    this.sandbox = sandbox;
    this.http = Trust.in(sandbox.certificate());
    this.channel =
        NettyChannelBuilder.forAddress("127.0.0.1", sandbox.controlPort()).usePlaintext().build();
  }

  static OpenSandbox in(Path folder) {
    return in(folder, LIMITS);
  }

  static OpenSandbox of(SandboxConfig config) {
    return new OpenSandbox(Sandbox.open(config));
  }

  static OpenSandbox in(Path folder, NetworkLimits limits) {
    return new OpenSandbox(Sandbox.open(SandboxConfig.in(folder).withLimits(limits)));
  }

  static NetworkLimits limits(int queued, int phoneMessages) {
    return new NetworkLimits(
        1_000,
        10,
        1_000,
        5,
        queued,
        phoneMessages,
        100,
        List.of(Duration.ofSeconds(60)),
        Duration.ofMillis(1),
        Duration.ofSeconds(10));
  }

  Sandbox sandbox() {
    return sandbox;
  }

  HttpClient http() {
    return http;
  }

  Companion link(String name) throws InvalidProtocolBufferException {
    return Companion.link(http, sandbox, name);
  }

  SandboxServiceGrpc.SandboxServiceBlockingStub control() {
    return SandboxServiceGrpc.newBlockingStub(channel);
  }

  /** Creates a person and gives the JID of the phone. */
  Jid person(String name, Behaviour behaviour) {
    var request = CreatePersonRequest.newBuilder().setName(name).setBehaviour(behaviour).build();
    return Jid.ofPhoneNumber(
        control().createPerson(request).getPerson().getPhoneNumber().substring(1));
  }

  String sendAs(String from, String to, String text) {
    return control()
        .sendAsPerson(
            SendAsPersonRequest.newBuilder()
                .setPerson(named(from))
                .setTo(named(to))
                .setText(text)
                .build())
        .getMessageId();
  }

  List<PhoneMessage> phoneMessages(String name) {
    return control()
        .listPhoneMessages(ListPhoneMessagesRequest.newBuilder().setPerson(named(name)).build())
        .getMessagesList();
  }

  List<String> phoneTexts(String name) {
    return phoneMessages(name).stream().map(PhoneMessage::getText).toList();
  }

  long refusals(Refusal kind) {
    return sandbox.refusals().getOrDefault(kind.label(), 0L);
  }

  private static PersonName named(String name) {
    return PersonName.newBuilder().setName(name).build();
  }

  @Override
  public void close() {
    channel.shutdownNow();
    sandbox.close();
  }
}
