package dev.switchboard.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.api.sandbox.v1.ArmFaultRequest;
import dev.switchboard.api.sandbox.v1.Fault;
import dev.switchboard.api.sandbox.v1.PersonName;
import dev.switchboard.api.v1.Message;
import dev.switchboard.api.v1.MessageStatus;
import dev.switchboard.api.v1.Peer;
import dev.switchboard.api.v1.StreamMessagesRequest;
import dev.switchboard.api.v1.StreamMessagesResponse;
import dev.switchboard.api.v1.UndecryptableContent;
import dev.switchboard.interop.peer.Make;
import dev.switchboard.interop.peer.PeerNetwork;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Messages that arrive damaged, between an account that we hold and WhatsApp clients that nobody
 * here wrote: whoever cannot read one asks again, and shows it once.
 */
@Execution(ExecutionMode.CONCURRENT)
class RetriesJudgedByForeignClientsIT {
  private static final String SHOP = "shop";

  @TempDir private static Path folder;
  private static ServerProcess server;
  private static Gateway gateway;
  private static Peer shop;

  @BeforeAll
  static void start() {
    server = ServerProcess.start(folder.resolve("data"));
    gateway = new Gateway(server, server.key());
    shop = gateway.link(SHOP);
  }

  @AfterAll
  static void stop() {
    gateway.close();
    server.close();
  }

  @ParameterizedTest
  @EnumSource(
      value = Make.class,
      names = {"STRICT_BAILEYS", "ZAPO"})
  @Execution(ExecutionMode.SAME_THREAD) // Either would damage the other's message to the shop.
  void whatArrivesDamagedIsAskedForAndShownOnce(Make make) {
    String name = make.name().toLowerCase(Locale.ROOT);
    PeerNetwork network =
        new PeerNetwork(
            server.sandboxPort(),
            server.noiseRoot(),
            folder.resolve("data/sandbox/certificate.pem"));
    try (var customer = make.start(network, name, folder.resolve(name))) {
      customer.link();
      String shopJid = shop.getPhoneNumber().substring(1) + "@s.whatsapp.net";
      // A session in both directions first, as between people who know each other.
      customer.send(shopJid, "hello from " + name);
      Peer chat = gateway.awaitText(SHOP, "hello from " + name).getChat();
      gateway.send(SHOP, chat, "hello " + name);
      customer.awaitText("hello " + name);

      Iterator<StreamMessagesResponse> events = subscribe();
      damageTheNextMessageTo(shop.getPhoneNumber());
      String question = "Damaged on its way in, " + name;
      String id = customer.send(shopJid, question);

      Message unread = next(events).getReceived().getMessage();
      assertThat(unread.getMessageId()).isEqualTo(id);
      assertThat(unread.getUndecryptable().getReason())
          .isEqualTo(UndecryptableContent.Reason.REASON_BAD_MAC);
      Message resolved = next(events).getResolved().getMessage();
      assertThat(resolved.getMessageId()).isEqualTo(id);
      assertThat(resolved.getText().getText()).isEqualTo(question);
      assertThat(gateway.messages(SHOP))
          .filteredOn(message -> message.getMessageId().equals(id))
          .containsExactly(resolved);

      damageTheNextMessageTo("+" + customer.account().replaceFirst("@.*", ""));
      String answer = "Damaged on its way out, " + name;
      Message sent = gateway.send(SHOP, chat, answer);
      assertThat(customer.awaitText(answer).text("id")).isEqualTo(sent.getMessageId());
      gateway.awaitStatus(SHOP, sent.getMessageId(), MessageStatus.MESSAGE_STATUS_DELIVERED);
      gateway.send(SHOP, chat, "and the next");
      assertThat(customer.nextText()).isEqualTo("and the next");
    }
  }

  private static Iterator<StreamMessagesResponse> subscribe() {
    Iterator<StreamMessagesResponse> events =
        gateway
            .messaging()
            .streamMessages(StreamMessagesRequest.newBuilder().setInstanceId(SHOP).build());
    assertThat(events.next().hasSubscribed()).isTrue();
    return events;
  }

  /** Receipts of what was sent before come in between. */
  private static StreamMessagesResponse next(Iterator<StreamMessagesResponse> events) {
    StreamMessagesResponse event = events.next();
    while (event.hasStatusChanged()) {
      event = events.next();
    }
    return event;
  }

  private static void damageTheNextMessageTo(String phoneNumber) {
    var _ =
        gateway
            .sandbox()
            .armFault(
                ArmFaultRequest.newBuilder()
                    .setFault(Fault.FAULT_CIPHERTEXT)
                    .setTimes(1)
                    .setPerson(PersonName.newBuilder().setPhoneNumber(phoneNumber))
                    .build());
  }
}
