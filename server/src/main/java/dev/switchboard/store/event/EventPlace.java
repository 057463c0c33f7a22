package dev.switchboard.store.event;

import dev.switchboard.model.AccountKey;
import dev.switchboard.model.event.EventKind;
import dev.switchboard.store.encryption.Place;
import java.util.UUID;

/** What the content of an event is bound to. */
final class EventPlace {
  private EventPlace() {}

  static Place of(AccountKey account, EventKind kind, UUID id) {
    return Place.of(
        "event_outbox",
        account.tenant().value(),
        account.instance().value(),
        kind.name(),
        id.toString());
  }
}
