package dev.switchboard.whatsapp.login;

import dev.switchboard.connector.RecordChange;
import dev.switchboard.whatsapp.account.AccountState;
import dev.switchboard.whatsapp.account.DeviceKeys;
import dev.switchboard.whatsapp.account.SignalRecords;
import dev.switchboard.whatsapp.records.KeyUpkeepRecord;
import dev.switchboard.whatsapp.records.RetiredSignedPrekeyRecord;
import dev.switchboard.whatsapp.session.RequestRefused;
import dev.switchboard.whatsapp.session.StanzaStream;
import dev.switchboard.whatsapp.signal.PreKey;
import dev.switchboard.whatsapp.signal.SignalChange;
import dev.switchboard.whatsapp.signal.SignalRecordKey;
import dev.switchboard.whatsapp.signal.SignedPreKey;
import dev.switchboard.whatsapp.wire.Node;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the signed prekey by a new one when it has served for long enough. The new one is durable
 * before the server hears of it, and marked as unsettled until the server has confirmed it, so that
 * whatever ends in between the next login tells the server again. The ones before stay for a while.
 */
final class SignedPreKeyRotation {
  private static final Logger log = LoggerFactory.getLogger(SignedPreKeyRotation.class);

  /** Signed prekeys kept behind the current one, however young. */
  private static final int MOST_RETIRED = 8;

  /** The wait after a refusal, as independent clients do (read in public sources). */
  private static final Duration BACK_OFF = Duration.ofDays(1);

  private final AccountState account;
  private final StanzaStream stream;
  private final PreKeyLimits limits;
  private final InstantSource clock;
  private final SecureRandom random;
  private Instant next = Instant.MIN;

  SignedPreKeyRotation(
      AccountState account,
      StanzaStream stream,
      PreKeyLimits limits,
      InstantSource clock,
      SecureRandom random) {
    this.account = account;
    this.stream = stream;
    this.limits = limits;
    this.clock = clock;
    this.random = random;
  }

  /** When to look again. */
  Instant next() {
    return next;
  }

  /** Does what is due: a rotation, and telling the server of one that it may not know of. */
  void run() throws InterruptedException {
    KeyUpkeepRecord upkeep = dropExpired(begun());
    if (!upkeep.getUnsettled() && !due(upkeep).isAfter(clock.instant())) {
      upkeep = rotate(upkeep);
    }
    next = due(upkeep);
    if (upkeep.getUnsettled()) {
      tell();
    }
  }

  /** The server is known to have the current one. */
  void settled() {
    KeyUpkeepRecord upkeep = UpkeepRecord.read(account);
    if (upkeep.getUnsettled()) {
      account.commit(List.of(UpkeepRecord.put(upkeep.toBuilder().setUnsettled(false).build())));
    }
  }

  private void tell() throws InterruptedException {
    try {
      Node key = PreKeyStanzas.signedKey(account.credentials().keys());
      stream.request("set", "encrypt", Node.of("rotate", key));
      settled();
    } catch (RequestRefused e) {
      // The one before serves on; the digest says whether all keys have to be published anew.
      log.warn("a new signed prekey was refused: {}", e.getMessage());
      next = clock.instant().plus(BACK_OFF);
    }
  }

  /** The age counts from when it is first asked for: nobody wrote down when the first was made. */
  private KeyUpkeepRecord begun() {
    KeyUpkeepRecord upkeep = UpkeepRecord.read(account);
    if (upkeep.getSignedPrekeySince() != 0) {
      return upkeep;
    }
    KeyUpkeepRecord begun = upkeep.toBuilder().setSignedPrekeySince(clock.millis()).build();
    account.commit(List.of(UpkeepRecord.put(begun)));
    return begun;
  }

  private KeyUpkeepRecord rotate(KeyUpkeepRecord upkeep) {
    DeviceKeys keys = account.credentials().keys();
    int id = keys.signedPreKey().id();
    SignedPreKey fresh = SignedPreKey.generate(keys.identity(), PreKey.idAfter(id, 1), random);
    KeyUpkeepRecord rotated =
        upkeep.toBuilder()
            .setSignedPrekeySince(clock.millis())
            .setUnsettled(true)
            .addRetired(
                RetiredSignedPrekeyRecord.newBuilder().setId(id).setRetiredAt(clock.millis()))
            .build();
    account.replace(
        account.credentials().withKeys(keys.withSignedPreKey(fresh)),
        List.of(SignalRecords.change(fresh.put()), UpkeepRecord.put(rotated)));
    log.info("the signed prekey was followed by a new one");
    return rotated;
  }

  /** Forgets those whose time is over; what is encrypted for them has to be sent again. */
  private KeyUpkeepRecord dropExpired(KeyUpkeepRecord upkeep) {
    Instant oldest = clock.instant().minus(limits.retiredPreKeyAge());
    List<RetiredSignedPrekeyRecord> kept = new ArrayList<>(upkeep.getRetiredList());
    List<RecordChange> changes = new ArrayList<>();
    while (!kept.isEmpty() && (kept.size() > MOST_RETIRED || isBefore(kept.getFirst(), oldest))) {
      SignalRecordKey gone = SignedPreKey.key(kept.removeFirst().getId());
      changes.add(SignalRecords.change(new SignalChange.Remove(gone)));
    }
    if (changes.isEmpty()) {
      return upkeep;
    }
    KeyUpkeepRecord shorter = upkeep.toBuilder().clearRetired().addAllRetired(kept).build();
    changes.add(UpkeepRecord.put(shorter));
    account.commit(changes);
    return shorter;
  }

  private static boolean isBefore(RetiredSignedPrekeyRecord retired, Instant oldest) {
    return Instant.ofEpochMilli(retired.getRetiredAt()).isBefore(oldest);
  }

  private Instant due(KeyUpkeepRecord upkeep) {
    return Instant.ofEpochMilli(upkeep.getSignedPrekeySince()).plus(limits.signedPreKeyAge());
  }
}
