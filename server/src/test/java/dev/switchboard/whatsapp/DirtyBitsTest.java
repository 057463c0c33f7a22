package dev.switchboard.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.testing.ManualClock;
import dev.switchboard.whatsapp.account.AccountState;
import dev.switchboard.whatsapp.account.Credentials;
import dev.switchboard.whatsapp.account.DeviceKeys;
import dev.switchboard.whatsapp.account.DeviceLists;
import dev.switchboard.whatsapp.appstate.AppState;
import dev.switchboard.whatsapp.appstate.AppStateLimits;
import dev.switchboard.whatsapp.device.DeviceDirectory;
import dev.switchboard.whatsapp.device.IdentityChanges;
import dev.switchboard.whatsapp.device.Sessions;
import dev.switchboard.whatsapp.login.Presence;
import dev.switchboard.whatsapp.media.Unused;
import dev.switchboard.whatsapp.session.Questions;
import dev.switchboard.whatsapp.session.StanzaStream;
import dev.switchboard.whatsapp.wire.Jid;
import dev.switchboard.whatsapp.wire.Node;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DirtyBitsTest {
  private static final Duration AGE = Duration.ofHours(1);
  private static final Jid OWN = Jid.ofPhoneNumber("15550001000");

  private final ManualClock clock = new ManualClock();
  private final SecureRandom random = new SecureRandom();
  private final MemoryHost host = new MemoryHost();
  private final AccountState account =
      new AccountState(
          host,
          new Credentials(
              DeviceKeys.generate(random), OWN.withDevice(7), null, new byte[0], "android"));
  private final ScriptedServer server = new ScriptedServer(_ -> ScriptedServer.result());
  private final StanzaStream stream = server.stream(clock);
  private final DeviceDirectory directory = new DeviceDirectory(account, stream, clock, AGE);
  private final Questions questions = new Questions(stream, clock);
  private final AppState appState =
      new AppState(
          account,
          host,
          stream,
          questions,
          Unused.downloads(host, questions, clock),
          new Sessions(account, stream, new IdentityChanges(account, host, directory), clock),
          new Presence(account, stream, false),
          AppStateLimits.DEFAULT,
          clock,
          random);
  private final DirtyBits dirtyBits = new DirtyBits(account, stream, directory, appState);

  @BeforeEach
  void knowTheOwnDevices() {
    account.commit(List.of(DeviceLists.put(OWN, List.of(0, 7), 0, clock.instant())));
  }

  @Test
  void theOwnDevicesAreAskedForAnewWhenTheAccountChanged() throws Exception {
    dirtyBits.receive(broadcast(dirty("account_sync", Node.of("devices"))));

    assertThat(ownListIsFresh()).isFalse();
    assertThat(cleaned()).containsExactly(clean("account_sync"));
    assertThat(server.requests("clean").getFirst().attributes())
        .containsEntry("type", "set")
        .containsEntry("xmlns", "urn:xmpp:whatsapp:dirty");
  }

  @Test
  void anAccountThatChangedInSomethingElseKeepsItsDevices() throws Exception {
    dirtyBits.receive(broadcast(dirty("account_sync", Node.of("picture"))));

    assertThat(ownListIsFresh()).isTrue();
    assertThat(cleaned()).containsExactly(clean("account_sync"));
  }

  @Test
  void anythingMayHaveChangedWhereNothingIsNamed() throws Exception {
    dirtyBits.receive(broadcast(dirty("account_sync")));

    assertThat(ownListIsFresh()).isFalse();
  }

  @Test
  void eachKindIsCleanedInOneRequestWhetherItIsUsedOrNot() throws Exception {
    assertThat(appState.deadline()).isEqualTo(Instant.MAX);

    dirtyBits.receive(broadcast(dirty("syncd_app_state"), dirty("groups"), dirty("unheard_of")));

    assertThat(appState.deadline()).isEqualTo(Instant.MIN);
    assertThat(ownListIsFresh()).isTrue();
    assertThat(server.requests("clean")).hasSize(1);
    assertThat(cleaned())
        .containsExactly(clean("syncd_app_state"), clean("groups"), clean("unheard_of"));
  }

  @Test
  void nothingIsSaidWhereNothingIsDirty() throws Exception {
    dirtyBits.receive(broadcast(Node.of("offline", Map.of("count", "0")), Node.of("dirty")));

    assertThat(server.requests("clean")).isEmpty();
  }

  private boolean ownListIsFresh() {
    return account.deviceLists().read(OWN, clock.instant(), AGE).isPresent();
  }

  private List<Node> cleaned() {
    return server.requests("clean").getFirst().children();
  }

  private static Node broadcast(Node... children) {
    return Node.of("ib", children);
  }

  private static Node dirty(String type, Node... parts) {
    return Node.builder("dirty")
        .attribute("type", type)
        .attribute("timestamp", "1700000000")
        .children(List.of(parts))
        .build();
  }

  private static Node clean(String type) {
    return Node.of("clean", Map.of("type", type, "timestamp", "1700000000"));
  }
}
