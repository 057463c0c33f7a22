package dev.switchboard.instance.account;

import dev.switchboard.contact.Contacts;
import dev.switchboard.contact.Presences;
import dev.switchboard.inbox.InboxStore;
import dev.switchboard.instance.pairing.Feed;
import dev.switchboard.instance.pairing.PairingEvent;
import dev.switchboard.instance.state.InstanceStore;
import dev.switchboard.instance.state.States;
import dev.switchboard.model.instance.RoutePolicy;
import dev.switchboard.outbox.Departures;
import dev.switchboard.outbox.sender.Senders;
import java.time.InstantSource;

/** What the gateway's side of every account works with. */
public record AccountParts(
    InstanceStore instances,
    States states,
    Feed<PairingEvent> pairings,
    Departures departures,
    Senders senders,
    InboxStore inbox,
    Contacts contacts,
    Presences presences,
    InstantSource clock,
    RoutePolicy routes) {}
