package dev.switchboard.model.contact;

import dev.switchboard.model.Peer;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What callers want of an account's presence.
 *
 * @param online whether the account is to be seen online
 * @param followed of whom it is to be told whether they are, each once
 */
public record PresenceWish(boolean online, List<Peer> followed) {
  /** What is wanted until somebody says otherwise: that nobody sees the account, nor it anybody. */
  public static final PresenceWish NONE = new PresenceWish(false, List.of());

  public PresenceWish {
    followed = List.copyOf(followed);
  }

  public PresenceWish withOnline(boolean other) {
    return new PresenceWish(other, followed);
  }

  /** The same with this person; who is followed under one of the names is so under all from now. */
  public PresenceWish with(Peer person) {
    return new PresenceWish(
        online, Stream.concat(others(person).stream(), Stream.of(person)).toList());
  }

  public PresenceWish without(Peer person) {
    return new PresenceWish(online, others(person));
  }

  /** By which names the person is followed, if they are. */
  public Optional<Peer> find(Peer person) {
    return followed.stream().filter(person::sharesNameWith).findFirst();
  }

  private List<Peer> others(Peer person) {
    return followed.stream().filter(each -> !person.sharesNameWith(each)).toList();
  }

  /** Without the names of people. */
  @Override
  public String toString() {
    return "PresenceWish[online=" + online + ", followed=" + followed.size() + "]";
  }
}
