package dev.switchboard.demo;

import dev.switchboard.api.sandbox.v1.PersonName;
import dev.switchboard.api.sandbox.v1.PhoneMessage;
import dev.switchboard.api.sandbox.v1.SandboxServiceGrpc;
import dev.switchboard.api.sandbox.v1.ScanQrRequest;
import dev.switchboard.api.sandbox.v1.StreamPhoneMessagesRequest;
import io.grpc.Channel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The people of the simulated network, through its control service. */
final class Phones {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Channel channel;

  Phones(Channel channel) {
    this.channel = channel;
  }

  void scan(String person, String qrText) {
    sandbox().scanQr(ScanQrRequest.newBuilder().setPerson(named(person)).setQrText(qrText).build());
  }

  /** What the person's phone decrypted of the message; waits for it. */
  PhoneMessage decrypted(String person, String messageId) {
    var messages =
        sandbox()
            .streamPhoneMessages(
                StreamPhoneMessagesRequest.newBuilder().setPerson(named(person)).build());
    while (messages.hasNext()) {
      PhoneMessage message = messages.next().getMessage();
      if (message.getMessageId().equals(messageId)) {
        return message;
      }
    }
    throw new DemoException(person + "'s phone never decrypted " + messageId);
  }

  private SandboxServiceGrpc.SandboxServiceBlockingStub sandbox() {
    return SandboxServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  private static PersonName named(String person) {
    return PersonName.newBuilder().setName(person).build();
  }
}
