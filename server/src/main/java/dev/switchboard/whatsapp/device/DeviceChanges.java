package dev.switchboard.whatsapp.device;

import dev.switchboard.connector.RecordChange;
import dev.switchboard.whatsapp.account.AccountState;
import dev.switchboard.whatsapp.account.AliasBook;
import dev.switchboard.whatsapp.wire.Jid;
import dev.switchboard.whatsapp.wire.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes note of what the server tells of people's devices. A device that was removed is forgotten
 * at once; one that was added is believed in when the phone's signed list, which is fetched when it
 * is next needed, vouches for it. Shapes as read in public sources: {@code remove}, {@code add} or
 * {@code update}, of which the first counts.
 */
public final class DeviceChanges {
  private static final int MOST_REMOVED = 32;

  /** How many people are looked through for a hash without a name. */
  private static final int MOST_PEOPLE = 10_000;

  private static final int PEOPLE_AT_ONCE = 500;

  private final AccountState account;
  private final DeviceDirectory directory;
  private final AliasBook aliasBook;

  public DeviceChanges(AccountState account, DeviceDirectory directory) {
    this.account = account;
    this.directory = directory;
    this.aliasBook = new AliasBook(account);
  }

  /** A {@code notification} of the type {@code devices}. */
  public void receive(Node notification) {
    Optional<Jid> person =
        notification.jid("from").map(Jid::withoutDevice).filter(DeviceChanges::isPerson);
    if (person.isEmpty()) {
      notification
          .child("update")
          .flatMap(update -> update.attribute("hash"))
          .ifPresent(this::outdateByHash);
      return;
    }
    notification.jid("lid").ifPresent(lid -> aliasBook.learn(person.get(), lid));
    List<RecordChange> changes = new ArrayList<>(directory.outdated(person.get()));
    notification
        .child("remove")
        .ifPresent(removed ->
            changes.addAll(directory.forgotten(person.get(), devices(person.get(), removed))));
    account.commit(changes);
  }

  /** A {@code notification} of the type {@code account_sync}, which is about much else too. */
  public void receiveOwn(Node notification) {
    if (notification.child("devices").isPresent()) {
      directory.outdate(account.credentials().jid());
    }
  }

  private List<Integer> devices(Jid person, Node removed) {
    return removed.children("device").stream()
        .limit(MOST_REMOVED)
        .map(device -> device.jid("jid"))
        .flatMap(Optional::stream)
        .filter(device -> isDeviceOf(person, device))
        .map(Jid::device)
        .toList();
  }

  private boolean isDeviceOf(Jid person, Jid device) {
    return account
        .aliases()
        .address(device.withoutDevice())
        .equals(account.aliases().address(person));
  }

  private void outdateByHash(String hash) {
    List<Jid> page = account.deviceLists().firstPeople(PEOPLE_AT_ONCE);
    for (int seen = 0; seen < MOST_PEOPLE && !page.isEmpty(); seen += page.size()) {
      page.stream()
          .filter(person -> ContactHash.of(person).equals(hash))
          .forEach(directory::outdate);
      page = account.deviceLists().peopleAfter(page.getLast(), PEOPLE_AT_ONCE);
    }
  }

  private static boolean isPerson(Jid jid) {
    return (jid.isPhoneNumber() || jid.isLid()) && !jid.isServer();
  }
}
