package dev.switchboard.whatsapp.outbound;

import dev.switchboard.whatsapp.account.Credentials;
import dev.switchboard.whatsapp.wire.Jid;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Everybody a direct message is encrypted for.
 *
 * @param others the devices of the person the chat is with
 * @param own the account's other devices; never this one
 */
record Audience(List<Jid> others, List<Jid> own) {
  /** Whose devices get a message of the chat; the own ones under the kind of name the chat has. */
  static List<Jid> people(Jid chat, Credentials credentials) {
    Jid own =
        (chat.isLid() ? credentials.knownLid().orElse(credentials.jid()) : credentials.jid())
            .withoutDevice();
    return chat.equals(own) ? List.of(own) : List.of(own, chat);
  }

  static Audience of(Jid chat, Map<Jid, List<Jid>> devices, Credentials credentials) {
    List<Jid> others = new ArrayList<>();
    List<Jid> own = new ArrayList<>();
    devices.forEach((person, list) -> {
      if (credentials.isOwnAccount(person)) {
        list.stream().filter(jid -> !credentials.isThisDevice(jid)).forEach(own::add);
      } else if (person.equals(chat)) {
        others.addAll(list);
      }
    });
    return new Audience(List.copyOf(others), List.copyOf(own));
  }

  /** Own devices first, as independent clients order them. */
  List<Jid> all() {
    List<Jid> all = new ArrayList<>(own);
    all.addAll(others);
    return all;
  }

  Audience without(Collection<Jid> devices) {
    return new Audience(except(others, devices), except(own, devices));
  }

  private static List<Jid> except(List<Jid> all, Collection<Jid> devices) {
    return all.stream().filter(device -> !devices.contains(device)).toList();
  }
}
