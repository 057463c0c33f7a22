package dev.switchboard.whatsapp.appstate;

import dev.switchboard.connector.NamedPeer;
import dev.switchboard.connector.RecordChange;
import dev.switchboard.model.Peer;
import dev.switchboard.model.contact.ContactNames;
import dev.switchboard.whatsapp.account.AliasBook;
import dev.switchboard.whatsapp.account.PushNameStore;
import dev.switchboard.whatsapp.appstate.codec.Mutation;
import dev.switchboard.whatsapp.proto.SyncActionValue;
import dev.switchboard.whatsapp.wire.Jid;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the engine itself takes from the changes of a collection: the own name, and who is called
 * what under which names.
 */
final class Learnt {
  private static final String CONTACT = "contact";
  private static final String OWN_NAME = "[\"setting_pushName\"]";

  /** An index of two plain strings: what is set, and of whom. Other indexes name no person. */
  private static final Pattern OF_SOMEBODY = Pattern.compile("\\[\"(\\w+)\",\"([^\"\\\\]+)\"]");

  private static final int LONGEST_NAME = 256;

  private final List<AliasBook.Pair> pairs = new ArrayList<>();
  private final List<ContactName> contacts = new ArrayList<>();
  private final boolean historical;
  private @Nullable String ownName;

  /**
   * @param historical whether the changes were made before the account was linked
   */
  Learnt(boolean historical) {
    this.historical = historical;
  }

  /** How the owner's phone book calls a person; an empty name is one that is not there. */
  record ContactName(Jid person, String fullName, String firstName) {
    NamedPeer of(Peer peer) {
      return new NamedPeer(peer, new ContactNames(null, fullName, firstName, null));
    }

    /** Hides them. */
    @Override
    public String toString() {
      return "ContactName[]";
    }
  }

  void take(Mutation mutation) {
    String index = mutation.data().getIndex().toStringUtf8();
    SyncActionValue value = mutation.data().getValue();
    if (index.equals(OWN_NAME)) {
      takeOwn(value.getPushNameSetting().getName());
      return;
    }
    Matcher somebody = OF_SOMEBODY.matcher(index);
    if (somebody.matches()) {
      Jid.tryParse(somebody.group(2))
          .ifPresent(person -> takeOf(person, somebody.group(1), value, mutation.removes()));
    }
  }

  private void takeOwn(String name) {
    if (!name.isBlank() && name.length() <= LONGEST_NAME) {
      ownName = name;
    }
  }

  private void takeOf(Jid person, String what, SyncActionValue value, boolean removed) {
    if (removed) {
      if (what.equals(CONTACT)) {
        contacts.add(new ContactName(person, "", ""));
      }
    } else if (value.hasContactAction()) {
      SyncActionValue.ContactAction contact = value.getContactAction();
      pair(person, contact.getLidJid());
      pair(person, contact.getPnJid());
      contacts.add(new ContactName(person, contact.getFullName(), contact.getFirstName()));
    } else if (value.hasLidContactAction()) {
      SyncActionValue.LidContactAction contact = value.getLidContactAction();
      contacts.add(new ContactName(person, contact.getFullName(), contact.getFirstName()));
    } else if (value.hasPnForLidChatAction()) {
      pair(person, value.getPnForLidChatAction().getPnJid());
    }
  }

  private void pair(Jid person, String other) {
    Jid.tryParse(other).ifPresent(jid -> pairs.add(new AliasBook.Pair(person, jid)));
  }

  boolean historical() {
    return historical;
  }

  /** Names that belong to one person. */
  List<AliasBook.Pair> pairs() {
    return pairs;
  }

  List<ContactName> contacts() {
    return contacts;
  }

  Optional<String> ownName() {
    return Optional.ofNullable(ownName);
  }

  /** What becomes durable with the changes themselves. */
  List<RecordChange> changes() {
    return ownName().map(PushNameStore::put).map(List::of).orElse(List.of());
  }
}
