package dev.switchboard.demo;

import dev.switchboard.api.v1.Peer;

/** An instance that the demonstration linked: its id, and who it is on the network. */
record LinkedInstance(String id, Peer account) {
  String number() {
    return account.getPhoneNumber();
  }
}
