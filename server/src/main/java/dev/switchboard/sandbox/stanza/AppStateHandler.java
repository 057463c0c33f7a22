package dev.switchboard.sandbox.stanza;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.switchboard.sandbox.account.DeviceAddress;
import dev.switchboard.sandbox.account.Jids;
import dev.switchboard.sandbox.appstate.AppStatePatch;
import dev.switchboard.sandbox.appstate.PatchCheck;
import dev.switchboard.sandbox.appstate.PatchFlaw;
import dev.switchboard.sandbox.appstate.StateHash;
import dev.switchboard.sandbox.network.Change;
import dev.switchboard.sandbox.network.Client;
import dev.switchboard.sandbox.network.Refusal;
import dev.switchboard.sandbox.record.AccountRecord;
import dev.switchboard.sandbox.record.CollectionRecord;
import dev.switchboard.sandbox.record.DeviceRecord;
import dev.switchboard.whatsapp.proto.SyncdPatch;
import dev.switchboard.whatsapp.wire.Node;
import dev.switchboard.whatsapp.wire.NodeBuilder;
import dev.switchboard.whatsapp.wire.WireException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** App state: hands out patches and takes new ones, each on top of the version before. */
final class AppStateHandler implements RequestHandler {
  private static final Logger log = LoggerFactory.getLogger(AppStateHandler.class);
  private static final int CONFLICT = 409;

  private final Collected collected;

  AppStateHandler(Collected collected) {
    this.collected = collected;
  }

  @Override
  public Node answer(Client client, Node request, Change change) {
    AccountRecord account = change.state().accounts().find(client.device().account()).orElseThrow();
    List<Node> collections =
        request.requiredChild("sync").children("collection").stream()
            .map(collection -> collection(client, account, collection, change))
            .toList();
    return Answers.result(request, Node.of("sync", collections));
  }

  private Node collection(Client client, AccountRecord account, Node asked, Change change) {
    String name = asked.requiredAttribute("name");
    if (name.contains("/") || name.length() > 64) {
      throw new WireException("no collection has such a name");
    }
    long known = version(asked);
    Optional<Node> upload = asked.child("patch").or(() -> asked.descendant("patches", "patch"));
    return upload.isPresent()
        ? append(client, account, asked, known, upload.get(), change)
        : known(account, name, change)
            .children(collected.after(client, account, asked, known, change))
            .attribute("type", "result")
            .build();
  }

  private static long version(Node asked) {
    try {
      return Math.max(0, Long.parseLong(asked.attribute("version").orElse("0")));
    } catch (NumberFormatException e) {
      throw new WireException("a version is a number", e);
    }
  }

  private static NodeBuilder known(AccountRecord account, String name, Change change) {
    return Node.builder("collection")
        .attribute("name", name)
        .attribute(
            "version",
            change.state().collections().find(account.getPhoneNumber(), name).getVersion());
  }

  private Node append(
      Client client, AccountRecord account, Node asked, long known, Node upload, Change change) {
    String name = asked.requiredAttribute("name");
    CollectionRecord now = change.state().collections().find(account.getPhoneNumber(), name);
    if (known != now.getVersion()) {
      change.state().refusals().count(Refusal.APP_STATE_CONFLICT);
      return known(account, name, change)
          .children(collected.after(client, account, asked, known, change))
          .attribute("type", "error")
          .child(error(CONFLICT, "conflict"))
          .build();
    }
    long next = now.getVersion() + 1;
    AppStatePatch verified;
    try {
      verified = verify(account, name, now, parse(upload), change);
    } catch (PatchFlaw e) {
      log.info("an app state patch is refused: {}", e.getMessage());
      change.state().refusals().count(Refusal.APP_STATE_MAC);
      return refused(name, now);
    }
    if (!change.state().collections().hasRoom(account.getPhoneNumber(), name)) {
      change.state().refusals().count(Refusal.APP_STATE_FULL);
      return refused(name, now);
    }
    change.state().collections().append(account.getPhoneNumber(), name, verified);
    announce(client, account, name, next, change);
    return Node.builder("collection")
        .attribute("name", name)
        .attribute("version", next)
        .attribute("type", "result")
        .build();
  }

  /** As the phone of the account would look at it. */
  private static AppStatePatch verify(
      AccountRecord account, String name, CollectionRecord now, SyncdPatch patch, Change change) {
    var check = new PatchCheck(name, account.getSyncKeyId(), account.getSyncKey().toByteArray());
    StateHash before =
        now.getHash().isEmpty() ? StateHash.empty() : new StateHash(now.getHash().toByteArray());
    return check.verify(
        patch,
        now.getVersion() + 1,
        before,
        index -> change.state().collections().valueMac(account.getPhoneNumber(), name, index));
  }

  private static void announce(
      Client client, AccountRecord account, String name, long version, Change change) {
    for (DeviceRecord device : change.state().devices().of(account.getPhoneNumber())) {
      var other = new DeviceAddress(account.getPhoneNumber(), device.getId());
      if (!other.equals(client.device())) {
        change.queue(
            other,
            Node.builder("notification")
                .attribute("from", Jids.byNumber(account, 0))
                .attribute("type", "server_sync")
                .attribute("id", name + "-" + version)
                .attribute("t", change.state().seconds())
                .child(
                    Node.builder("collection")
                        .attribute("name", name)
                        .attribute("version", version)
                        .build())
                .build());
      }
    }
  }

  private static Node refused(String name, CollectionRecord now) {
    return Node.builder("collection")
        .attribute("name", name)
        .attribute("version", now.getVersion())
        .attribute("type", "error")
        .child(error(Answers.BAD_REQUEST, "bad-request"))
        .build();
  }

  private static Node error(int code, String text) {
    return Node.builder("error").attribute("code", code).attribute("text", text).build();
  }

  private static SyncdPatch parse(Node upload) {
    try {
      return SyncdPatch.parseFrom(upload.bytes());
    } catch (InvalidProtocolBufferException e) {
      throw new WireException("no patch", e);
    }
  }
}
