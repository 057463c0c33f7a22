package dev.switchboard.whatsapp.login;

import dev.switchboard.whatsapp.account.AccountState;
import dev.switchboard.whatsapp.link.Timed;
import dev.switchboard.whatsapp.records.KeyUpkeepRecord;
import dev.switchboard.whatsapp.session.RequestRefused;
import dev.switchboard.whatsapp.session.StanzaStream;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps what the server gives out in this device's name fresh and true. */
public final class KeyUpkeep implements Timed {
  private static final Logger log = LoggerFactory.getLogger(KeyUpkeep.class);

  /**
   * How often all keys are published anew at most: what a server keeps of the keys before would
   * otherwise make every login an upload.
   */
  private static final Duration BETWEEN_PUBLICATIONS = Duration.ofDays(1);

  private final AccountState account;
  private final PreKeySupply supply;
  private final SignedPreKeyRotation rotation;
  private final KeyDigest digest;
  private final InstantSource clock;

  public KeyUpkeep(
      AccountState account,
      StanzaStream stream,
      PreKeySupply supply,
      PreKeyLimits limits,
      InstantSource clock,
      SecureRandom random) {
    this.account = account;
    this.supply = supply;
    this.rotation = new SignedPreKeyRotation(account, stream, limits, clock, random);
    this.digest = new KeyDigest(account, stream);
    this.clock = clock;
  }

  /** Does what is due while the connection lives. */
  @Override
  public void tick(Instant now) throws InterruptedException {
    if (!now.isBefore(rotation.next())) {
      run();
    }
  }

  /** When something will be due next. */
  @Override
  public Instant deadline() {
    return rotation.next();
  }

  /** Rotates if it is time, then asks whether the server has what the device has. */
  void run() throws InterruptedException {
    rotation.run();
    if (digest.compare() == KeyDigest.Verdict.DIFFERENT) {
      publishAnew();
    }
  }

  private void publishAnew() throws InterruptedException {
    KeyUpkeepRecord upkeep = UpkeepRecord.read(account);
    Instant last = Instant.ofEpochMilli(upkeep.getPublishedAnewAt());
    if (clock.instant().isBefore(last.plus(BETWEEN_PUBLICATIONS))) {
      return;
    }
    log.warn("the server had other keys than this device: they are published anew");
    account.commit(
        List.of(UpkeepRecord.put(upkeep.toBuilder().setPublishedAnewAt(clock.millis()).build())));
    try {
      supply.publishAnew();
      rotation.settled();
    } catch (RequestRefused e) {
      log.warn("the keys could not be published: {}", e.getMessage());
    }
  }
}
