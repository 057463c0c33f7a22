package dev.switchboard.model.contact;

import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a person is called. In what an engine tells, null is a name that it does not speak of, and
 * an empty one is a name that was taken away; in what is known, null is a name that is not known.
 * Each is cut at {@link #LONGEST} characters.
 *
 * @param push chosen by the person
 * @param full from the account's own address book
 * @param first likewise, the short form
 * @param verified of a business, attested by WhatsApp
 */
public record ContactNames(
    @Nullable String push,
    @Nullable String full,
    @Nullable String first,
    @Nullable String verified) {
  /** The most characters (code points) that are kept of a name. */
  public static final int LONGEST = 256;

  /** Nothing is known, or nothing is told. */
  public static final ContactNames NONE = new ContactNames(null, null, null, null);

  public ContactNames {
    push = cut(push);
    full = cut(full);
    first = cut(first);
    verified = cut(verified);
  }

  /** As somebody calls himself. */
  public static ContactNames ofPush(String push) {
    return new ContactNames(push, null, null, null);
  }

  /** What is known after this was told. */
  public ContactNames updatedBy(ContactNames told) {
    return new ContactNames(
        updated(told, ContactNames::push),
        updated(told, ContactNames::full),
        updated(told, ContactNames::first),
        updated(told, ContactNames::verified));
  }

  /** What is known of one person under two names: this, and where it lacks something, the other. */
  public ContactNames orElse(ContactNames other) {
    return other.updatedBy(this);
  }

  private @Nullable String updated(
      ContactNames told, Function<ContactNames, @Nullable String> name) {
    String known = Optional.ofNullable(name.apply(told)).orElse(name.apply(this));
    return known == null || known.isEmpty() ? null : known;
  }

  private static @Nullable String cut(@Nullable String name) {
    return name == null || name.codePointCount(0, name.length()) <= LONGEST
        ? name
        : name.substring(0, name.offsetByCodePoints(0, LONGEST));
  }

  /** Hides the names: logs must not tell them. */
  @Override
  public String toString() {
    return "ContactNames";
  }
}
