package dev.switchboard.whatsapp.inbound;

import dev.switchboard.connector.RecordChange;
import dev.switchboard.whatsapp.account.AccountState;
import dev.switchboard.whatsapp.account.AliasBook;
import dev.switchboard.whatsapp.appstate.AppState;
import dev.switchboard.whatsapp.appstate.key.KeyRing;
import dev.switchboard.whatsapp.media.Downloads;
import dev.switchboard.whatsapp.media.Fetched;
import dev.switchboard.whatsapp.media.MediaReference;
import dev.switchboard.whatsapp.privacy.PrivacyTokens;
import dev.switchboard.whatsapp.proto.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the own phone tells its devices: keys of the app state, parts of the history. */
public final class PhoneMessages {
  private static final Logger log = LoggerFactory.getLogger(PhoneMessages.class);
  private final AccountState account;
  private final InboundMessages messages;
  private final DeliveryReceipts receipts;
  private final AppState appState;
  private final PrivacyTokens tokens;
  private final Downloads downloads;
  private final AliasBook aliasBook;

  public PhoneMessages(
      AccountState account,
      InboundMessages messages,
      DeliveryReceipts receipts,
      AppState appState,
      PrivacyTokens tokens,
      Downloads downloads) {
    this.account = account;
    this.messages = messages;
    this.receipts = receipts;
    this.appState = appState;
    this.tokens = tokens;
    this.downloads = downloads;
    this.aliasBook = new AliasBook(account);
  }

  /** Keeps what later parts of the engine need; durable when this returns. */
  void take(InboundStanza stanza, Message message, boolean told, List<RecordChange> changes)
      throws InterruptedException {
    if (!message.hasProtocolMessage()) {
      // The account writing to itself: a chat like any other.
      messages.store(stanza, message, told, changes);
      return;
    }
    Message.ProtocolMessage protocol = message.getProtocolMessage();
    List<RecordChange> all = new ArrayList<>(changes);
    all.addAll(KeyRing.changes(protocol.getAppStateSyncKeyShare()));
    account.commit(all);
    if (protocol.hasAppStateSyncKeyShare()) {
      appState.keysArrived();
    }
    if (protocol.hasHistorySyncNotification()) {
      history(protocol.getHistorySyncNotification());
      receipts.historyTaken(stanza);
    }
    if (protocol.hasLidMigrationMappingSyncMessage()) {
      aliasBook.learn(MigrationPairs.of(protocol.getLidMigrationMappingSyncMessage()));
    }
    log.debug("the phone told {}", protocol.getType());
  }

  /**
   * Learns who is who. A part that lies outside of the stanza is fetched once, and not waited for:
   * what it would have told is learnt from whoever writes, too.
   */
  private void history(Message.HistorySyncNotification notification) throws InterruptedException {
    takeHistory(HistoryReader.read(notification));
    Optional<MediaReference> elsewhere = HistoryReader.elsewhere(notification);
    if (elsewhere.isPresent()) {
      downloads.fetch(elsewhere.get(), this::historyFetched);
    }
  }

  private void historyFetched(Fetched fetched) {
    switch (fetched) {
      case Fetched.Whole(var content) -> takeHistory(HistoryReader.read(content));
      case Fetched.Failed(var fault) -> log.warn("a part of the history is missing: {}", fault);
    }
  }

  private void takeHistory(HistoryReader.Part part) {
    aliasBook.learnOfHistory(
        part.pairs()); // First: tokens are kept by the name that is known then.
    tokens.learn(part.tokens());
  }
}
