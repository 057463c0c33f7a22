package dev.switchboard;

import dev.switchboard.access.ApiKeys;
import dev.switchboard.configuration.SwitchboardConfig;
import dev.switchboard.connector.ConnectorFactory;
import dev.switchboard.contact.Contacts;
import dev.switchboard.contact.Presences;
import dev.switchboard.event.reading.Events;
import dev.switchboard.instance.Instances;
import dev.switchboard.instance.PresenceWishes;
import dev.switchboard.instance.Supervisor;
import dev.switchboard.instance.pairing.Feed;
import dev.switchboard.instance.pairing.PairingEvent;
import dev.switchboard.instance.reconnect.Admission;
import dev.switchboard.instance.reconnect.ReconnectPolicy;
import dev.switchboard.model.instance.Network;
import dev.switchboard.model.instance.RoutePolicy;
import dev.switchboard.outbox.assembly.Sending;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;

/** The core, put together over its stores and networks. */
final class Core {
  private static final Duration DRAIN_LIMIT = Duration.ofSeconds(5);

  /** More than a pairing has: whoever watches one is behind by no more. */
  private static final int PAIRING_STEPS = 100;

  private final Events events;
  private final Feed<PairingEvent> pairingFeed;
  private final Contacts contacts;
  private final PresenceWishes presences;
  private final Outgoing outgoing;
  private final Supervisor supervisor;
  private final Instances instances;
  private final ApiKeys apiKeys;

  Core(
      SwitchboardConfig config,
      Storage storage,
      Map<Network, ConnectorFactory> networks,
      InstantSource clock,
      SecureRandom random)
      throws InterruptedException {
    events = storage.events().events();
    pairingFeed = new Feed<>(config.instances().pairingStreams(), PAIRING_STEPS);
    contacts = new Contacts(storage.contacts());
    Presences presences =
        new Presences(
            storage.presences(), storage.contacts(), config.instances().presenceSubscriptions());
    outgoing = Outgoing.open(config, storage, clock, random);
    supervisor =
        new Supervisor(
            networks,
            storage.instances(),
            pairingFeed,
            outgoing.sending().departures(),
            outgoing.sending().senders(),
            storage.inbox(),
            contacts,
            presences,
            new Admission(
                config.instances().loginsAtOnce(), config.instances().longestLogin(), clock),
            new ReconnectPolicy(
                config.instances().reconnectBase(),
                config.instances().reconnectCap(),
                config.instances().stableAfter()),
            routePolicy(config),
            clock,
            random);
    instances = new Instances(storage.instances(), supervisor, pairingFeed, clock);
    this.presences = new PresenceWishes(storage.instances(), presences, supervisor);
    apiKeys = new ApiKeys(storage.apiKeys(), clock, random);
  }

  Contacts contacts() {
    return contacts;
  }

  PresenceWishes presences() {
    return presences;
  }

  Outgoing outgoing() {
    return outgoing;
  }

  Sending sending() {
    return outgoing.sending();
  }

  Supervisor supervisor() {
    return supervisor;
  }

  Instances instances() {
    return instances;
  }

  ApiKeys apiKeys() {
    return apiKeys;
  }

  /** Ends every stream, telling why. */
  void endStreams() {
    pairingFeed.shutDown();
    events.shutDown();
  }

  /** Lets the messages that are on their way finish, then ends every account. */
  void endAccounts() throws InterruptedException {
    outgoing.sending().drain(DRAIN_LIMIT);
    supervisor.shutDown();
    outgoing.close();
  }

  /** The sandbox reaches nobody: it may be reached in any way. */
  private static RoutePolicy routePolicy(SwitchboardConfig config) {
    return config.whatsapp().proxyRequired()
        ? new RoutePolicy(Set.of(Network.WHATSAPP))
        : RoutePolicy.ANY;
  }
}
