package dev.switchboard.whatsapp.privacy;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.switchboard.connector.RecordChange;
import dev.switchboard.connector.RecordKey;
import dev.switchboard.connector.RecordKind;
import dev.switchboard.whatsapp.account.AccountState;
import dev.switchboard.whatsapp.records.PrivacyTokenRecord;
import dev.switchboard.whatsapp.session.Numbers;
import dev.switchboard.whatsapp.session.StanzaStream;
import dev.switchboard.whatsapp.wire.Jid;
import dev.switchboard.whatsapp.wire.Node;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The tokens by which people who wrote with each other are known to be no strangers. Times, buckets
 * and shapes were read in public sources.
 */
public final class PrivacyTokens {
  private static final String TRUSTED_CONTACT = "trusted_contact";
  private static final long BUCKET_SECONDS = Duration.ofDays(7).toSeconds();

  /** A token is good for the bucket it was given in and the three that follow. */
  private static final int BUCKETS = 4;

  private static final int MOST_BYTES = 1_024;
  private static final int TOKENS_AT_ONCE = 200;

  private final AccountState account;
  private final StanzaStream stream;
  private final InstantSource clock;

  public PrivacyTokens(AccountState account, StanzaStream stream, InstantSource clock) {
    this.account = account;
    this.stream = stream;
    this.clock = clock;
  }

  /** The part of a message by which the person's side knows this account; empty without a token. */
  public Optional<Node> of(Jid person) {
    long oldest = (bucket(seconds()) - (BUCKETS - 1)) * BUCKET_SECONDS;
    PrivacyTokenRecord known = read(person);
    return known.getToken().isEmpty() || known.getGivenAt() < oldest
        ? Optional.empty()
        : Optional.of(Node.of("tctoken", known.getToken().toByteArray()));
  }

  /** Keeps what a person gave, unless it is older than what is known. */
  public void receive(Node notification) {
    Optional<Jid> giver =
        notification.jid("sender_lid").filter(Jid::isLid).or(() -> notification.jid("from"));
    if (giver.isEmpty() || !(giver.get().isLid() || giver.get().isPhoneNumber())) {
      return;
    }
    notification.child("tokens").map(tokens -> tokens.children("token")).orElse(List.of()).stream()
        .filter(token -> token.has("type", TRUSTED_CONTACT))
        .forEach(token -> keep(giver.get(), token));
  }

  /**
   * A token as the own phone tells it to a new device.
   *
   * @param given when the person gave it, in the network's seconds since 1970
   * @param issued when the account last gave the person one; 0 for never
   */
  public record Known(Jid person, ByteString token, long given, long issued) {
    private boolean isSensible() {
      return (person.isLid() || person.isPhoneNumber())
          && !token.isEmpty()
          && token.size() <= MOST_BYTES
          && given > 0
          && given <= Numbers.LATEST_SECOND;
    }
  }

  /** Keeps what people gave the account before this device was linked; newer ones stay. */
  public void learn(List<Known> told) {
    List<Known> sensible =
        told.stream()
            .filter(Known::isSensible)
            .sorted(Comparator.comparingLong(Known::given)) // The newest of several counts.
            .toList();
    for (int from = 0; from < sensible.size(); from += TOKENS_AT_ONCE) {
      Map<RecordKey, RecordChange> changes = new LinkedHashMap<>();
      for (Known each : sensible.subList(from, Math.min(sensible.size(), from + TOKENS_AT_ONCE))) {
        PrivacyTokenRecord known = read(each.person);
        if (each.given > known.getGivenAt()) {
          RecordKey key = key(name(each.person));
          changes.put(key, new RecordChange.Put(key, newer(known, each).toByteArray()));
        }
      }
      account.commit(List.copyOf(changes.values()));
    }
  }

  private PrivacyTokenRecord newer(PrivacyTokenRecord known, Known told) {
    long issued = Math.min(told.issued, seconds()); // A later time would never let one be issued.
    return known.toBuilder()
        .setToken(told.token)
        .setGivenAt(told.given)
        .setIssuedAt(Math.max(known.getIssuedAt(), issued))
        .build();
  }

  /** Gives the person a token, once in a bucket: a message that was written says as much. */
  public void issue(Jid person) throws InterruptedException {
    long now = seconds();
    PrivacyTokenRecord known = read(person);
    if (bucket(known.getIssuedAt()) >= bucket(now)) {
      return;
    }
    Node token =
        Node.builder("token")
            .attribute("jid", person.withoutDevice())
            .attribute("t", now)
            .attribute("type", TRUSTED_CONTACT)
            .build();
    // Its answer says nothing, and a message must not wait for it.
    stream.send(
        Node.builder("iq")
            .attribute("id", stream.nextId())
            .attribute("to", Jid.WHATSAPP)
            .attribute("type", "set")
            .attribute("xmlns", "privacy")
            .child(Node.of("tokens", token))
            .build());
    write(person, known.toBuilder().setIssuedAt(now).build());
  }

  private void keep(Jid giver, Node token) {
    byte[] bytes = token.bytes();
    long given = Numbers.of(token, "t", 0L);
    PrivacyTokenRecord known = read(giver);
    boolean sensible = bytes.length > 0 && bytes.length <= MOST_BYTES && given > 0;
    if (sensible && given >= known.getGivenAt()) {
      write(
          giver, known.toBuilder().setToken(ByteString.copyFrom(bytes)).setGivenAt(given).build());
    }
  }

  private PrivacyTokenRecord read(Jid person) {
    return account
        .records()
        .read(key(name(person)))
        .or(() -> account.records().read(key(person)))
        .map(PrivacyTokens::decode)
        .orElseGet(PrivacyTokenRecord::getDefaultInstance);
  }

  private void write(Jid person, PrivacyTokenRecord token) {
    account.commit(List.of(new RecordChange.Put(key(name(person)), token.toByteArray())));
  }

  /** By the hidden id where it is known: tokens come under either name. */
  private Jid name(Jid person) {
    return account.aliases().lidOf(person).orElse(person);
  }

  private static RecordKey key(Jid person) {
    return new RecordKey(RecordKind.PRIVACY_TOKEN, person.withoutDevice().toString());
  }

  private long seconds() {
    return clock.instant().getEpochSecond();
  }

  private static long bucket(long seconds) {
    return Math.floorDiv(seconds, BUCKET_SECONDS);
  }

  private static PrivacyTokenRecord decode(byte[] value) {
    try {
      return PrivacyTokenRecord.parseFrom(value);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a stored privacy token cannot be read", e);
    }
  }
}
