package dev.switchboard.whatsapp.device;

import dev.switchboard.whatsapp.account.AliasBook;
import dev.switchboard.whatsapp.wire.Jid;
import dev.switchboard.whatsapp.wire.Node;
import java.util.Optional;

/**
 * People who moved to another phone number: {@code notification type=contacts} with {@code modify}.
 * The names in it are learnt, the earlier ones first, since the newest word counts: somebody who
 * kept the hidden id is the same person under another number, with one chat; somebody who got
 * another one is another person (read in public sources: WhatsApp Web learns the same two pairs and
 * leaves sessions alone).
 */
public final class NumberChanges {
  private final DeviceDirectory directory;
  private final AliasBook aliasBook;

  public NumberChanges(AliasBook aliasBook, DeviceDirectory directory) {
    this.aliasBook = aliasBook;
    this.directory = directory;
  }

  /** Takes note of what the notification tells; one about something else is passed over. */
  public void receive(Node notification) {
    Optional<Node> modify = notification.child("modify");
    Optional<Jid> before = modify.flatMap(node -> number(node, "old"));
    Optional<Jid> after = modify.flatMap(node -> number(node, "new"));
    if (before.isEmpty() || after.isEmpty()) {
      return;
    }
    modify
        .flatMap(node -> lid(node, "old_lid"))
        .ifPresent(lid -> aliasBook.learn(before.get(), lid));
    modify
        .flatMap(node -> lid(node, "new_lid"))
        .ifPresent(lid -> aliasBook.learn(after.get(), lid));
    directory.outdate(before.get());
    directory.outdate(after.get());
  }

  private static Optional<Jid> number(Node modify, String attribute) {
    return modify.jid(attribute).filter(Jid::isPhoneNumber).map(Jid::withoutDevice);
  }

  private static Optional<Jid> lid(Node modify, String attribute) {
    return modify.jid(attribute).filter(Jid::isLid).map(Jid::withoutDevice);
  }
}
