package dev.switchboard.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.connector.capability.PresenceFollowing;
import dev.switchboard.interop.peer.BaileysPeer;
import dev.switchboard.interop.peer.PeerNetwork;
import dev.switchboard.model.Peer;
import dev.switchboard.model.PhoneNumber;
import dev.switchboard.model.contact.Presence;
import dev.switchboard.model.contact.PresenceWish;
import dev.switchboard.testing.Eventually;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Being seen online by a client that nobody here wrote, and seeing it. */
@Timeout(180)
@Execution(ExecutionMode.CONCURRENT)
class EnginePresenceIT {
  private SandboxNetwork network;
  private Path folder;

  @BeforeEach
  void open(@TempDir Path folder) {
    this.folder = folder;
    network = new SandboxNetwork(folder);
  }

  @AfterEach
  void close() {
    network.close();
  }

  @Test
  void seesBaileysComeAndGoAndIsSeenByIt() throws Exception {
    EngineDriver alice = network.account("alice");
    Peer own = network.link(alice);
    String aliceJid = own.knownPhoneNumber().orElseThrow().digits() + "@s.whatsapp.net";
    PeerNetwork reached =
        new PeerNetwork(
            network.sandbox.port(),
            HexFormat.of().formatHex(network.sandbox.noiseRootKey()),
            network.sandbox.certificate());
    try (var bob = BaileysPeer.strict(reached, "bob", folder.resolve("bob"))) {
      bob.link();
      bob.awaitName("bob"); // Before that it cannot say that it is there.
      bob.appear("available");
      bob.subscribe(aliceJid);
      bob.awaitPresence(aliceJid, "unavailable");

      Peer byNumber = Peer.of(new PhoneNumber(bob.account().replaceFirst("@.*", "")));
      wish(alice, new PresenceWish(true, List.of(byNumber)));
      bob.awaitPresence(aliceJid, "available");
      awaitTold(alice, Presence.Online.class);

      bob.appear("unavailable");
      awaitTold(alice, Presence.Offline.class);
      bob.appear("available");
      awaitTold(alice, Presence.Online.class);
      wish(alice, PresenceWish.NONE);
      bob.awaitPresence(aliceJid, "unavailable");
    }
    assertThat(alice.host.presences).isEmpty();
    assertThat(network.sandbox.refusals()).isEmpty();
  }

  private static void wish(EngineDriver driver, PresenceWish wish) {
    driver.host.presenceWish = () -> wish;
    ((PresenceFollowing) driver.connector).presenceWished();
  }

  private static void awaitTold(EngineDriver driver, Class<? extends Presence> presence)
      throws InterruptedException {
    Eventually.until("told", () -> !driver.host.presences.isEmpty());
    assertThat(driver.host.presences.remove().presence()).isInstanceOf(presence);
  }
}
