package dev.switchboard.sandbox.network;

import dev.switchboard.sandbox.account.Accounts;
import dev.switchboard.sandbox.account.Collections;
import dev.switchboard.sandbox.account.Contacts;
import dev.switchboard.sandbox.account.Devices;
import dev.switchboard.sandbox.account.Prekeys;
import dev.switchboard.sandbox.state.StateStore;
import java.time.InstantSource;

/**
 * Everything durable of the network, by noun. Use it inside of a change only.
 *
 * @param store for records that the nouns here do not cover: those of the phones
 */
public record NetworkState(
    StateStore store,
    Accounts accounts,
    Devices devices,
    Prekeys prekeys,
    Queues queues,
    Deliveries deliveries,
    Collections collections,
    Contacts contacts,
    Refusals refusals,
    InstantSource clock,
    NetworkLimits limits) {

  public static NetworkState over(StateStore store, InstantSource clock, NetworkLimits limits) {
    var refusals = new Refusals();
    return new NetworkState(
        store,
        new Accounts(store, limits.accounts()),
        new Devices(store, limits.devicesPerAccount()),
        new Prekeys(store, limits.prekeysPerDevice()),
        new Queues(store, limits, refusals),
        new Deliveries(store),
        new Collections(store, limits.patchesPerCollection()),
        new Contacts(store),
        refusals,
        clock,
        limits);
  }

  /** The time as stanzas say it: seconds since 1970. */
  public String seconds() {
    return Long.toString(clock.instant().getEpochSecond());
  }
}
