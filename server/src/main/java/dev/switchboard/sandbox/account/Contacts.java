package dev.switchboard.sandbox.account;

import com.google.protobuf.StringValue;
import dev.switchboard.sandbox.state.StateStore;
import dev.switchboard.sandbox.state.Table;
import java.util.List;

/** Who wrote with whom: they are told when devices or identities change. Under the lock. */
public final class Contacts {
  /** Contacts an account may have; those after them are told nothing. */
  static final int MOST = 2_000;

  private final StateStore store;

  public Contacts(StateStore store) {
    this.store = store;
  }

  /** Two accounts wrote with each other, in either direction. */
  public void meet(String one, String other) {
    if (!one.equals(other)) {
      add(one, other);
      add(other, one);
    }
  }

  /** Whether the two wrote with each other before. */
  public boolean met(String one, String other) {
    return store.contacts().find(prefix(one) + other).isPresent();
  }

  private void add(String account, String contact) {
    String key = prefix(account) + contact;
    if (store.contacts().find(key).isEmpty()
        && store.contacts().count(prefix(account), MOST) < MOST) {
      store.contacts().put(key, StringValue.getDefaultInstance());
    }
  }

  /** The phone numbers of those whom the account wrote with, in order. */
  public List<String> of(String account) {
    int start = prefix(account).length();
    return store.contacts().startingWith(prefix(account), MOST).stream()
        .map(Table.Entry::key)
        .map(key -> key.substring(start))
        .toList();
  }

  private static String prefix(String account) {
    return account + "/";
  }
}
