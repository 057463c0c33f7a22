package dev.switchboard.contact;

import dev.switchboard.model.contact.Contact;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of contacts, in the order in which they became known.
 *
 * @param next where the next page begins, or null when there is none
 */
public record ContactPage(List<Contact> contacts, @Nullable Long next) {
  /** The most contacts of one page. */
  public static final int LIMIT = 500;

  public ContactPage {
    contacts = List.copyOf(contacts);
  }
}
