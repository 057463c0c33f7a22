package dev.switchboard.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.api.v1.Message;
import dev.switchboard.api.v1.MessageStatus;
import dev.switchboard.api.v1.Peer;
import dev.switchboard.interop.peer.Make;
import dev.switchboard.interop.peer.PeerNetwork;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * WhatsApp clients that nobody here wrote, on the other side of an account that we hold; both sides
 * are linked by codes that are typed on phones.
 */
@Execution(ExecutionMode.CONCURRENT)
class GatewayJudgedByForeignClientsIT {
  @TempDir private static Path folder;
  private static ServerProcess server;
  private static Gateway gateway;
  private static Peer shop;

  @BeforeAll
  static void start() {
    server = ServerProcess.start(folder.resolve("data"));
    gateway = new Gateway(server, server.key());
    shop = gateway.linkByCode("shop");
  }

  @AfterAll
  static void stop() {
    gateway.close();
    server.close();
  }

  @ParameterizedTest
  @EnumSource(Make.class)
  void exchangesTextsBothWays(Make make) {
    String name = make.name().toLowerCase(Locale.ROOT);
    PeerNetwork network =
        new PeerNetwork(
            server.sandboxPort(),
            server.noiseRoot(),
            folder.resolve("data/sandbox/certificate.pem"));
    try (var customer = make.start(network, name, folder.resolve(name))) {
      String phoneNumber = gateway.createPerson(name);
      customer.linkByCode(phoneNumber, code -> gateway.type(phoneNumber, code));
      String shopJid = shop.getPhoneNumber().substring(1) + "@s.whatsapp.net";

      String question = "Is the blue one in stock? \u2014 " + name;
      String id = customer.send(shopJid, question);
      Message received = gateway.awaitText("shop", question);
      assertThat(received.getMessageId()).isEqualTo(id);
      assertThat("+" + customer.account().replaceFirst("@.*", ""))
          .isEqualTo(received.getChat().getPhoneNumber());
      customer.awaitReceipt(id, "delivered");

      String answer = "It is, " + name + " \ud83d\udc4d";
      Message sent = gateway.send("shop", received.getChat(), answer);
      assertThat(customer.awaitText(answer).text("id")).isEqualTo(sent.getMessageId());
      gateway.awaitStatus("shop", sent.getMessageId(), MessageStatus.MESSAGE_STATUS_DELIVERED);
      customer.markRead(sent.getMessageId());
      gateway.awaitStatus("shop", sent.getMessageId(), MessageStatus.MESSAGE_STATUS_READ);

      String again = "Thanks! " + name;
      customer.send(shopJid, again);
      gateway.awaitText("shop", again);

      Peer byNumber = Peer.newBuilder().setPhoneNumber(sent.getChat().getPhoneNumber()).build();
      Peer known = gateway.contact("shop", byNumber).getPeer();
      Peer hidden = Peer.newBuilder().setLid(known.getLid()).build();
      assertThat(gateway.contact("shop", hidden).getPeer()).isEqualTo(known);
      String byLid = "And by your hidden id, " + name;
      gateway.send("shop", hidden, byLid);
      customer.awaitText(byLid);
      for (Peer alias : List.of(byNumber, hidden)) {
        assertThat(gateway.chat("shop", alias))
            .allMatch(message -> message.getChat().equals(known))
            .extracting(message -> message.getText().getText())
            .containsExactly(byLid, again, answer, question);
      }
    }
  }
}
