package dev.switchboard.demo;

import dev.switchboard.api.sandbox.v1.PhoneMessage;
import dev.switchboard.api.v1.Message;
import dev.switchboard.api.v1.Peer;
import dev.switchboard.api.v1.StreamMessagesResponse;
import io.grpc.Channel;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.Iterator;

/**
 * Links two accounts of the simulated WhatsApp, sends a text each way and shows what the other side
 * decrypted: on its phone, and on the gateway's device of that account.
 */
public final class Demo {
  private final Narrator narrator;
  private final Gateway gateway;
  private final Phones phones;

  /**
   * @param gateway a channel to the gateway's gRPC surface
   * @param sandbox a channel to the control service of the sandbox
   */
  public Demo(
      Channel gateway, String apiKey, Channel sandbox, PrintWriter out, InstantSource clock) {
    this.narrator = new Narrator(out, clock);
    this.gateway = new Gateway(gateway, apiKey);
    this.phones = new Phones(sandbox);
  }

  /**
   * Runs it.
   *
   * @throws DemoException when a step did not go as it should
   */
  public void run() {
    narrator.tell("The gateway and a simulated WhatsApp are running.");
    LinkedInstance alice = link("alice");
    LinkedInstance bob = link("bob");
    exchange(alice, bob, "Hello Bob, is the blue one still in stock?");
    exchange(bob, alice, "It is, and I put one aside for you: \u2714");
    narrator.tell("Both texts arrived end-to-end encrypted. That is the main job.");
  }

  private LinkedInstance link(String name) {
    gateway.create(name);
    narrator.tell("%-5s  created; asking for a QR code", name);
    Peer account =
        gateway.pair(
            name,
            qr -> {
              narrator.tell(
                  "%-5s  QR code of %d characters; the phone scans it", name, qr.length());
              phones.scan(name, qr);
            });
    narrator.tell("%-5s  linked as %s (LID %s)", name, account.getPhoneNumber(), account.getLid());
    gateway.awaitReady(name);
    narrator.tell("%-5s  READY", name);
    return new LinkedInstance(name, account);
  }

  private void exchange(LinkedInstance from, LinkedInstance to, String text) {
    Iterator<StreamMessagesResponse> arrivals = gateway.listen(to.id());
    Iterator<StreamMessagesResponse> progress = gateway.listen(from.id());
    Message accepted =
        gateway.send(from.id(), Peer.newBuilder().setPhoneNumber(to.number()).build(), text);
    String id = accepted.getMessageId();
    narrator.tell("%-5s  -> %s  accepted on disk as %s", from.id(), to.id(), id);
    Message received = Gateway.awaitReceived(arrivals);
    require(id, text, received.getMessageId(), received.getText().getText());
    narrator.tell("%-5s  gateway decrypted: \"%s\"", to.id(), received.getText().getText());
    PhoneMessage onPhone = phones.decrypted(to.id(), id);
    require(id, text, onPhone.getMessageId(), onPhone.getText());
    narrator.tell("%-5s  phone decrypted:   \"%s\"", to.id(), onPhone.getText());
    Gateway.awaitDelivered(progress, id);
    narrator.tell("%-5s  told: DELIVERED", from.id());
  }

  private static void require(String id, String text, String otherId, String otherText) {
    if (!id.equals(otherId) || !text.equals(otherText)) {
      throw new DemoException(
          "sent " + id + " \"" + text + "\", and " + otherId + " \"" + otherText + "\" arrived");
    }
  }
}
