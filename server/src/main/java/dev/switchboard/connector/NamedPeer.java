package dev.switchboard.connector;

import dev.switchboard.model.Peer;
import dev.switchboard.model.contact.ContactNames;

/** What a person is called, as far as the network told it just now. */
public record NamedPeer(Peer peer, ContactNames names) {}
