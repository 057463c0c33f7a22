package dev.switchboard.whatsapp.outbound;

import dev.switchboard.connector.SendOutcome;
import dev.switchboard.model.message.Failure;
import dev.switchboard.model.message.FailureCause;
import dev.switchboard.whatsapp.device.DeviceDirectory;
import dev.switchboard.whatsapp.privacy.PrivacyTokens;
import dev.switchboard.whatsapp.privacy.ReachoutLocks;
import dev.switchboard.whatsapp.privacy.Timelock;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** What the error of an ack means; codes read in public sources and threads. */
final class AckErrors {
  /** A lock, or a missing token: one code for both. Trying again makes a lock worse. */
  private static final int NOT_ALLOWED = 463;

  /** Mostly devices that are gone; a fresh look at them is worth one more try. */
  private static final int STANZA_REFUSED = 479;

  private static final int MOST_REMEMBERED = 256;

  private final PrivacyTokens tokens;
  private final ReachoutLocks locks;
  private final DeviceDirectory directory;
  private final Duration retryAfter;
  private final Set<String> triedAgain = new LinkedHashSet<>(2);

  AckErrors(
      PrivacyTokens tokens, ReachoutLocks locks, DeviceDirectory directory, Duration retryAfter) {
    this.tokens = tokens;
    this.locks = locks;
    this.directory = directory;
    this.retryAfter = retryAfter;
  }

  SendOutcome outcome(int code, Written written) throws InterruptedException {
    return switch (code) {
      case NOT_ALLOWED -> notAllowed(written);
      case STANZA_REFUSED -> refusedStanza(written);
      default -> refused(new Failure(FailureCause.REFUSED_BY_NETWORK, detail(code)));
    };
  }

  /** What is said while nothing more can be learnt, because the connection is gone. */
  static SendOutcome withoutAsking(int code) {
    FailureCause cause =
        switch (code) {
          case NOT_ALLOWED -> FailureCause.REACHOUT_TIMELOCK;
          case STANZA_REFUSED -> FailureCause.RECIPIENT_REFUSED;
          default -> FailureCause.REFUSED_BY_NETWORK;
        };
    return refused(new Failure(cause, detail(code)));
  }

  private SendOutcome notAllowed(Written written) throws InterruptedException {
    Optional<Timelock> lock = locks.ask();
    if (lock.filter(Timelock::active).isPresent()) {
      return refused(
          new Failure(FailureCause.REACHOUT_TIMELOCK, detail(NOT_ALLOWED), lock.get().until()));
    }
    boolean trusted = tokens.of(written.chat()).isPresent();
    if (trusted && lock.isEmpty()) {
      return withoutAsking(NOT_ALLOWED);
    }
    String token = trusted ? "the recipient's token was not taken" : "no token of the recipient";
    return refused(
        new Failure(FailureCause.PRIVACY_TOKEN_MISSING, detail(NOT_ALLOWED) + ", " + token));
  }

  private SendOutcome refusedStanza(Written written) {
    if (!triedAgain.add(written.message().id().value())) {
      return withoutAsking(STANZA_REFUSED);
    }
    if (triedAgain.size() > MOST_REMEMBERED) {
      triedAgain.remove(triedAgain.iterator().next());
    }
    directory.outdate(written.chat());
    return new SendOutcome.Retry(retryAfter, detail(STANZA_REFUSED) + ": devices asked for anew");
  }

  private static String detail(int code) {
    return "ack error " + code;
  }

  private static SendOutcome refused(Failure failure) {
    return new SendOutcome.Refused(failure);
  }
}
