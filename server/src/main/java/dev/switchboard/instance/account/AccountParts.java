package dev.switchboard.instance.account;

import dev.switchboard.contact.Contacts;
import dev.switchboard.inbox.Feed;
import dev.switchboard.inbox.Inbox;
import dev.switchboard.instance.state.InstanceStore;
import dev.switchboard.instance.state.PairingEvent;
import dev.switchboard.instance.state.StateFeed;
import dev.switchboard.model.instance.RoutePolicy;
import dev.switchboard.outbox.Departures;
import dev.switchboard.outbox.sender.Senders;
import java.time.InstantSource;

/** What the gateway's side of every account works with. */
public record AccountParts(
    InstanceStore instances,
    StateFeed states,
    Feed<PairingEvent> pairings,
    Departures departures,
    Senders senders,
    Inbox inbox,
    Contacts contacts,
    InstantSource clock,
    RoutePolicy routes) {}
