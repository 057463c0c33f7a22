package dev.switchboard.sandbox.privacy;

import dev.switchboard.sandbox.network.Change;
import dev.switchboard.sandbox.record.AccountRecord;
import dev.switchboard.sandbox.record.RestrictionRecord;
import dev.switchboard.whatsapp.wire.Node;

/** Whether one person may write to another. */
public final class Strangers {
  private Strangers() {}

  /** Whether the network refuses the message, as it does with error 463. */
  public static boolean refuses(
      Change change, AccountRecord sender, AccountRecord peer, Node message) {
    String from = sender.getPhoneNumber();
    String to = peer.getPhoneNumber();
    if (from.equals(to)) {
      return false;
    }
    boolean cold = !change.state().contacts().met(from, to);
    if (cold && isLocked(change, of(change, from))) {
      return true;
    }
    return isKeptOut(change, sender, peer, message);
  }

  /** Whether the peer asks for tokens, and this stanza has none. */
  public static boolean isKeptOut(
      Change change, AccountRecord sender, AccountRecord peer, Node stanza) {
    String to = peer.getPhoneNumber();
    return of(change, to).getGuarded()
        && !stanza
            .child("tctoken")
            .filter(token -> Tokens.isGood(change, to, sender.getPhoneNumber(), token.bytes()))
            .isPresent();
  }

  /** Somebody writes to somebody: whoever asks for tokens gives one, to be answered. */
  public static void greet(Change change, AccountRecord sender, AccountRecord peer) {
    if (of(change, sender.getPhoneNumber()).getGuarded()) {
      Tokens.give(change, sender, peer);
    }
  }

  static RestrictionRecord of(Change change, String phoneNumber) {
    return change
        .state()
        .store()
        .restrictions()
        .find(phoneNumber)
        .orElseGet(RestrictionRecord::getDefaultInstance);
  }

  static boolean isLocked(Change change, RestrictionRecord restriction) {
    return restriction.getLockedUntil() > change.state().clock().instant().getEpochSecond();
  }
}
