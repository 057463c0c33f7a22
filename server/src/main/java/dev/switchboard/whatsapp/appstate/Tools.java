package dev.switchboard.whatsapp.appstate;

import dev.switchboard.connector.ConnectorHost;
import dev.switchboard.connector.NamedPeer;
import dev.switchboard.connector.RecordChange;
import dev.switchboard.whatsapp.account.AccountState;
import dev.switchboard.whatsapp.account.AliasBook;
import dev.switchboard.whatsapp.appstate.key.KeyRing;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What a run works with; made when one begins, so that nothing of it stays in memory. */
final class Tools implements Intake.Commits {
  private final AccountState account;
  private final ConnectorHost host;
  private final AppStateLimits limits;
  private final CollectionStore store;
  private final KeyRing keys;
  private final Intake intake;
  private boolean newName;

  Tools(AccountState account, ConnectorHost host, AppStateLimits limits) {
    this.account = account;
    this.host = host;
    this.limits = limits;
    this.store = new CollectionStore(account.records(), limits.valueBytes());
    this.keys = new KeyRing(account.records());
    this.intake = new Intake(store, keys, this, limits);
  }

  CollectionStore store() {
    return store;
  }

  KeyRing keys() {
    return keys;
  }

  Intake intake() {
    return intake;
  }

  Following following(Set<CollectionName> wanted) {
    return new Following(store, intake, limits.rounds(), wanted);
  }

  /** Whether a name of the owner was learnt since this was last asked. */
  boolean takeNewName() {
    boolean learnt = newName;
    newName = false;
    return learnt;
  }

  @Override
  public void commit(Learnt learnt, List<RecordChange> changes) {
    // First, and by itself: learning it twice does no harm, and names go by every alias.
    AliasBook book = new AliasBook(account);
    if (learnt.historical()) {
      book.learnOfHistory(learnt.pairs());
    } else {
      book.learn(learnt.pairs());
    }
    List<RecordChange> all = new ArrayList<>(changes);
    all.addAll(learnt.changes());
    List<NamedPeer> people = people(learnt);
    int last = Math.max(0, people.size() - 1) / ConnectorHost.MOST_PEOPLE;
    for (int page = 0; page < last; page++) {
      host.named(page(people, page), learnt.historical(), List.of());
    }
    host.named(page(people, last), learnt.historical(), all);
    newName |= learnt.ownName().isPresent();
  }

  private static List<NamedPeer> page(List<NamedPeer> people, int number) {
    int from = number * ConnectorHost.MOST_PEOPLE;
    return people.subList(from, Math.min(people.size(), from + ConnectorHost.MOST_PEOPLE));
  }

  private List<NamedPeer> people(Learnt learnt) {
    return learnt.contacts().stream()
        .flatMap(contact -> account.aliases().peer(contact.person()).stream().map(contact::of))
        .toList();
  }
}
