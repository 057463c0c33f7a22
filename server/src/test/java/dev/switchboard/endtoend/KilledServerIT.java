package dev.switchboard.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.api.v1.Message;
import dev.switchboard.api.v1.MessageStatus;
import dev.switchboard.api.v1.Peer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** kill -9 is a normal event; {@link CrashIT} kills while many callers send. */
@Execution(ExecutionMode.CONCURRENT)
class KilledServerIT {
  @TempDir private Path folder;

  @Test
  void goesOnAfterEveryKillWithoutQrAndLosesNothing() throws Exception {
    String key;
    Peer alice;
    Peer bob;
    CutOffBulk bulk;
    List<String> sent = new ArrayList<>();
    try (ServerProcess server = ServerProcess.start(folder.resolve("data"))) {
      key = server.key();
      try (Gateway gateway = new Gateway(server, key)) {
        alice = gateway.link("alice");
        bob = gateway.link("bob");
        talk(gateway, alice, bob, "before", sent);
        var _ = gateway.link("carol");
        bulk = new CutOffBulk(gateway, "carol", bob);
        bulk.begin(gateway);
      }
      server.kill();
    }
    try (ServerProcess server = ServerProcess.start(folder.resolve("data"));
        Gateway gateway = new Gateway(server, key)) {
      assertThat(server.printsKey()).isFalse();
      gateway.awaitReady("alice");
      gateway.awaitReady("bob");
      talk(gateway, alice, bob, "again", sent);
      // Accepted, and killed before anything else is known of them.
      for (int i = 0; i < 3; i++) {
        sent.add(text(gateway.send("alice", bob, "in flight " + i)));
      }
      server.kill();
    }
    try (ServerProcess server = ServerProcess.start(folder.resolve("data"));
        Gateway gateway = new Gateway(server, key)) {
      gateway.awaitReady("bob");
      sent.forEach(text -> gateway.awaitText("bob", text));
      assertThat(received(gateway)).containsExactlyInAnyOrderElementsOf(sent);
      bulk.resume(gateway);
      assertThat(server.stop()).as("128 + SIGTERM, after draining").isEqualTo(143);
    }
  }

  private static void talk(Gateway gateway, Peer alice, Peer bob, String mark, List<String> sent) {
    Message there = gateway.send("alice", bob, mark + " there");
    sent.add(text(there));
    gateway.awaitText("bob", mark + " there");
    Message back = gateway.send("bob", alice, mark + " back");
    gateway.awaitText("alice", mark + " back");
    gateway.awaitStatus("alice", there.getMessageId(), MessageStatus.MESSAGE_STATUS_DELIVERED);
    gateway.awaitStatus("bob", back.getMessageId(), MessageStatus.MESSAGE_STATUS_DELIVERED);
  }

  private static List<String> received(Gateway gateway) {
    return Gateway.patiently(() -> gateway.messages("bob")).stream()
        .filter(message -> message.getStatus() == MessageStatus.MESSAGE_STATUS_RECEIVED)
        .map(KilledServerIT::text)
        .toList();
  }

  private static String text(Message message) {
    return message.getText().getText();
  }
}
