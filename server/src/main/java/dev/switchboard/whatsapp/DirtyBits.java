package dev.switchboard.whatsapp;

import dev.switchboard.whatsapp.account.AccountState;
import dev.switchboard.whatsapp.appstate.AppState;
import dev.switchboard.whatsapp.device.DeviceDirectory;
import dev.switchboard.whatsapp.session.StanzaStream;
import dev.switchboard.whatsapp.wire.Jid;
import dev.switchboard.whatsapp.wire.Node;
import java.util.List;

/**
 * What the server says, at a login, has changed while nobody was there: {@code <ib><dirty>}. Each
 * kind is looked at anew where something of it is kept here, and then declared clean, those too
 * that nothing here uses: the server would tell them at every login (read in public sources).
 */
final class DirtyBits {
  private static final int MOST_AT_ONCE = 20;

  private final AccountState account;
  private final StanzaStream stream;
  private final DeviceDirectory directory;
  private final AppState appState;

  DirtyBits(
      AccountState account, StanzaStream stream, DeviceDirectory directory, AppState appState) {
    this.account = account;
    this.stream = stream;
    this.directory = directory;
    this.appState = appState;
  }

  void receive(Node broadcast) throws InterruptedException {
    List<Node> dirty =
        broadcast.children("dirty").stream()
            .filter(each -> each.attribute("type").isPresent())
            .limit(MOST_AT_ONCE)
            .toList();
    if (!dirty.isEmpty()) {
      dirty.forEach(this::renew);
      clean(dirty);
    }
  }

  private void renew(Node dirty) {
    switch (dirty.requiredAttribute("type")) {
      case "account_sync" -> renewOwnDevices(dirty);
      case "syncd_app_state" -> appState.everythingIsDue();
      default -> {} // Groups and channels: nothing of them is kept.
    }
  }

  /** Without a word on what of the account changed, anything may have. */
  private void renewOwnDevices(Node dirty) {
    if (dirty.children().isEmpty() || dirty.child("devices").isPresent()) {
      directory.outdate(account.credentials().jid());
    }
  }

  /** Nobody waits for the answer. */
  private void clean(List<Node> dirty) throws InterruptedException {
    stream.send(
        Node.builder("iq")
            .attribute("id", stream.nextId())
            .attribute("to", Jid.WHATSAPP)
            .attribute("type", "set")
            .attribute("xmlns", "urn:xmpp:whatsapp:dirty")
            .children(dirty.stream().map(DirtyBits::cleaned).toList())
            .build());
  }

  private static Node cleaned(Node dirty) {
    return Node.builder("clean")
        .attribute("type", dirty.attribute("type"))
        .attribute("timestamp", dirty.attribute("timestamp"))
        .build();
  }
}
