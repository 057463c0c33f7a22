package dev.switchboard.sandbox;

import dev.switchboard.sandbox.account.AccountSignatures;
import dev.switchboard.sandbox.companion.Bootstrap;
import dev.switchboard.sandbox.companion.KeyShare;
import dev.switchboard.sandbox.device.DeviceLists;
import dev.switchboard.sandbox.device.DeviceNotices;
import dev.switchboard.sandbox.device.Reinstallation;
import dev.switchboard.sandbox.device.Removal;
import dev.switchboard.sandbox.fault.Faults;
import dev.switchboard.sandbox.handshake.NoiseIdentity;
import dev.switchboard.sandbox.link.Surroundings;
import dev.switchboard.sandbox.log.StanzaLog;
import dev.switchboard.sandbox.media.MediaHost;
import dev.switchboard.sandbox.network.Network;
import dev.switchboard.sandbox.network.NetworkState;
import dev.switchboard.sandbox.phone.People;
import dev.switchboard.sandbox.phone.Phones;
import dev.switchboard.sandbox.phone.inbox.PhoneInbox;
import dev.switchboard.sandbox.phone.inbox.PhoneReceipts;
import dev.switchboard.sandbox.phone.inbox.PhoneWatchers;
import dev.switchboard.sandbox.phone.outbox.PhoneOutbox;
import dev.switchboard.sandbox.phone.outbox.SentMessages;
import dev.switchboard.sandbox.phone.signal.Bundles;
import dev.switchboard.sandbox.phone.signal.PhoneSignal;
import dev.switchboard.sandbox.session.ConnectionHandler;
import dev.switchboard.sandbox.stanza.StanzaRouter;
import java.security.SecureRandom;

/** The parts of one network, put together. */
record SimulatedNetwork(
    Network network,
    Phones phones,
    People people,
    PhoneWatchers watchers,
    Faults faults,
    MediaHost media,
    StanzaLog log,
    DeviceLists deviceLists,
    Removal removal,
    Reinstallation reinstallation,
    ConnectionHandler connections) {

  static SimulatedNetwork over(
      NetworkState state, NoiseIdentity identity, Randomness randomness, int loggedStanzas) {
    var network = new Network(state);
    var log = new StanzaLog(loggedStanzas);
    SecureRandom random = randomness.source("phones");
    var faults = new Faults(randomness.source("faults"));
    var watchers = new PhoneWatchers();
    var people = new People(randomness.source("people"));
    var bundles = new Bundles(random);
    var signal = new PhoneSignal(random, bundles);
    var sent = new SentMessages();
    var outbox = new PhoneOutbox(signal, sent, faults, random);
    var inbox = new PhoneInbox(signal, new PhoneReceipts(bundles), watchers);
    var lists = new DeviceLists(new AccountSignatures(randomness.source("signatures")), faults);
    var notices = new DeviceNotices(lists, randomness.source("notices"));
    var removal = new Removal(notices);
    var phones = new Phones(inbox, outbox, signal, sent, new KeyShare(outbox));
    var media = new MediaHost(randomness.source("media"));
    var bootstrap = new Bootstrap(outbox, media, faults, random);
    var router = new StanzaRouter(phones, bootstrap, bundles, lists, removal, media, faults);
    var connections =
        new ConnectionHandler(
            network,
            state,
            identity,
            router,
            people,
            notices,
            new Surroundings(faults, randomness.source("mishaps"), log),
            randomness.source("connections"));
    return new SimulatedNetwork(
        network,
        phones,
        people,
        watchers,
        faults,
        media,
        log,
        lists,
        removal,
        new Reinstallation(people, phones, notices),
        connections);
  }
}
