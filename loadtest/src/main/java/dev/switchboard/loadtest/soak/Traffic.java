package dev.switchboard.loadtest.soak;

import dev.switchboard.api.v1.Peer;
import dev.switchboard.api.v1.SendMessageRequest;
import dev.switchboard.api.v1.TextContent;
import dev.switchboard.loadtest.client.GatewayClient;
import dev.switchboard.loadtest.stage.Accounts.Linked;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The callers: one for each chat, which writes a text now and then. */
final class Traffic implements AutoCloseable {
  private static final Duration DEADLINE = Duration.ofSeconds(10);

  private final SoakPlan plan;
  private final GatewayClient gateway;
  private final List<Linked> accounts;
  private final List<String> people;
  private final Ledger ledger;
  private final List<Thread> callers = new ArrayList<>();

  Traffic(
      SoakPlan plan,
      GatewayClient gateway,
      List<Linked> accounts,
      List<String> people,
      Ledger ledger) {
    this.plan = plan;
    this.gateway = gateway;
    this.accounts = accounts;
    this.people = people;
    this.ledger = ledger;
  }

  void begin() {
    for (int chat = 0; chat < plan.allChats(); chat++) {
      int own = chat;
      callers.add(Thread.ofVirtual().name("chat-" + chat).start(() -> write(own)));
    }
  }

  private void write(int chat) {
    var random = new Random(chat);
    try {
      for (int place = 0; true; place++) {
        Thread.sleep(Duration.ofNanos((long) (plan.pause().toNanos() * 2 * random.nextDouble())));
        send(new Nonce(chat, place));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Without a request id: so many of them would fill the server's memory of them, as they may. */
  private void send(Nonce nonce) {
    var request =
        SendMessageRequest.newBuilder()
            .setInstanceId(accounts.get(plan.accountOf(nonce.chat())).instanceId())
            .setTo(Peer.newBuilder().setPhoneNumber(people.get(plan.personOf(nonce.chat()))))
            .setText(TextContent.newBuilder().setText(nonce.text()))
            .build();
    try {
      var _ = gateway.trySend(request, DEADLINE);
      ledger.accepted(nonce);
    } catch (StatusRuntimeException e) {
      ledger.refused();
    }
  }

  /** Ends when the calls that were begun are answered or given up. */
  @Override
  public void close() {
    callers.forEach(Thread::interrupt);
    try {
      for (Thread caller : callers) {
        caller.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
