package dev.switchboard.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.api.sandbox.v1.PersonName;
import dev.switchboard.api.sandbox.v1.ReinstallPhoneRequest;
import dev.switchboard.api.v1.Message;
import dev.switchboard.api.v1.MessageStatus;
import dev.switchboard.api.v1.Peer;
import dev.switchboard.api.v1.Profile;
import dev.switchboard.api.v1.UpdateProfileRequest;
import dev.switchboard.interop.peer.BaileysPeer;
import dev.switchboard.interop.peer.Make;
import dev.switchboard.interop.peer.PeerNetwork;
import dev.switchboard.testing.Eventually;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Accounts with several devices, some of them clients that nobody here wrote. */
@Execution(ExecutionMode.CONCURRENT)
class DevicesOfForeignClientsIT {
  @TempDir private static Path folder;
  private static ServerProcess server;
  private static Gateway gateway;
  private static Peer shop;

  @BeforeAll
  static void start() {
    server = ServerProcess.start(folder.resolve("data"));
    gateway = new Gateway(server, server.key());
    shop = gateway.link("shop");
  }

  @AfterAll
  static void stop() {
    gateway.close();
    server.close();
  }

  @Test
  void reachesEachDeviceOfAForeignAccountAndTheOneOfItsNextIdentity() {
    Peer customer;
    try (var first = start(Make.BAILEYS, "customer", "first");
        var second = start(Make.ZAPO, "customer", "second")) {
      first.link();
      first.send(jid(shop), "hello");
      customer = gateway.awaitText("shop", "hello").getChat();
      // By hand: it does not say its name when it registers, so that another phone would scan.
      second.tryToConnect();
      gateway.scan("customer", second.await("qr").text("text"));
      var _ = second.await("synced");

      String id = gateway.send("shop", customer, "to both devices").getMessageId();

      assertThat(first.awaitText("to both devices").text("id")).isEqualTo(id);
      assertThat(second.awaitText("to both devices").text("id")).isEqualTo(id);
      gateway.awaitStatus("shop", id, MessageStatus.MESSAGE_STATUS_DELIVERED);
      second.send(jid(shop), "from the other device");
      gateway.awaitText("shop", "from the other device");
    }
    var _ =
        gateway
            .sandbox()
            .reinstallPhone(
                ReinstallPhoneRequest.newBuilder()
                    .setPerson(PersonName.newBuilder().setName("customer"))
                    .build());
    try (var third = start(Make.BAILEYS, "customer", "third")) {
      third.link();

      String id = gateway.send("shop", customer, "to the new identity").getMessageId();

      assertThat(third.awaitText("to the new identity").text("id")).isEqualTo(id);
      third.send(jid(shop), "from the new identity");
      gateway.awaitText("shop", "from the new identity");
    }
  }

  @Test
  void sharesAnAccountWithBaileysAndEitherSeesOnceWhatTheOtherSends() throws Exception {
    Peer owner = gateway.link("desk", "owner");
    try (var beside = start(Make.BAILEYS, "owner", "beside")) {
      beside.link();

      String there = beside.send(jid(shop), "sent beside");
      gateway.awaitText("shop", "sent beside");
      Eventually.until("the desk has the copy", () -> copies(there).size() == 1);
      assertThat(copies(there).getFirst().getChat().getPhoneNumber())
          .isEqualTo(shop.getPhoneNumber());
      assertThat(copies(there).getFirst().getStatus())
          .isNotEqualTo(MessageStatus.MESSAGE_STATUS_RECEIVED);

      String back = gateway.send("desk", shop, "sent at the desk").getMessageId();
      assertThat(beside.awaitText("sent at the desk").text("id")).isEqualTo(back);
      gateway.awaitText("shop", "sent at the desk");

      var _ = gateway.send("shop", owner, "to the owner");
      gateway.awaitText("desk", "to the owner");
      assertThat(beside.nextText()).isEqualTo("to the owner");
    }
  }

  @Test
  void givesTheOwnerAnotherNameThatOtherDevicesAndPeopleSee() {
    Peer owner = gateway.link("counter", "keeper");
    try (var beside = BaileysPeer.strict(network(), "keeper", folder.resolve("keeper"));
        var customer = start(Make.BAILEYS, "visitor", "visitor")) {
      beside.link();
      customer.link();

      var request =
          UpdateProfileRequest.newBuilder()
              .setInstanceId("counter")
              .setProfile(Profile.newBuilder().setPushName("The Counter"))
              .build();
      assertThat(gateway.instances().updateProfile(request).getProfile().getPushName())
          .isEqualTo("The Counter");

      beside.awaitName("The Counter");
      customer.send(jid(owner), "who is there?");
      Peer visitor = gateway.awaitText("counter", "who is there?").getChat();
      var _ = gateway.send("counter", visitor, "it is us");
      assertThat(customer.awaitText("it is us").text("pushName")).isEqualTo("The Counter");
    }
  }

  private static List<Message> copies(String id) {
    return gateway.messages("desk").stream()
        .filter(message -> message.getMessageId().equals(id))
        .toList();
  }

  private static dev.switchboard.interop.peer.Peer start(Make make, String name, String device) {
    return make.start(network(), name, folder.resolve(device));
  }

  private static PeerNetwork network() {
    return new PeerNetwork(
        server.sandboxPort(), server.noiseRoot(), folder.resolve("data/sandbox/certificate.pem"));
  }

  private static String jid(Peer peer) {
    return peer.getPhoneNumber().substring(1) + "@s.whatsapp.net";
  }
}
