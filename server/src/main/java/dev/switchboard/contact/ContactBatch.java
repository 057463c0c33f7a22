package dev.switchboard.contact;

import dev.switchboard.model.AccountKey;
import java.util.List;

/**
 * What one step of storing made known, in order. Told as one item, so that the first
 * synchronisation of an address book does not overrun a subscriber's buffer.
 *
 * @param events at most three for each person that the step spoke of
 */
public record ContactBatch(AccountKey account, List<ContactEvent> events) {
  public ContactBatch {
    events = List.copyOf(events);
  }
}
