package dev.switchboard.instance.reconnect;

import dev.switchboard.connector.ConnectionEnd;
import dev.switchboard.model.instance.Instance;
import dev.switchboard.model.instance.InstanceState;
import dev.switchboard.model.instance.StateCause;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Whether and when an account is connected again after an end. A temporary ban whose end the
 * network named is waited out and then followed by one login: people expect the account back, and
 * nobody is knocked at before the time that was named. Belongs to the account's thread.
 */
public final class Comeback {
  /** How many connections in a row the network may have replaced without a wait. */
  private static final int REPEATS_AT_ONCE = 3;

  /** How many bans in a row are waited out; after one more a person has to decide. */
  private static final int BANS_IN_A_ROW = 3;

  private final ReconnectPolicy policy;
  private final RandomGenerator random;
  private final InstantSource clock;
  private int failures;
  private int repeats;
  private int bans;

  /**
   * How a run begins.
   *
   * @param notBefore when the first connection may be made at the earliest, or null for at once
   * @param spread whether the first connection waits a little, because many others begin too
   */
  public record Beginning(@Nullable Instant notBefore, boolean spread) {}

  /**
   * Begins where an earlier run ended.
   *
   * @param bans how many bans in a row there were already
   */
  public Comeback(ReconnectPolicy policy, RandomGenerator random, InstantSource clock, int bans) {
    this.policy = policy;
    this.random = random;
    this.clock = clock;
    this.bans = bans;
  }

  /** How many bans in a row there were since a connection worked for long enough. */
  public int bans() {
    return bans;
  }

  /**
   * When the next connection may be made.
   *
   * @param stable whether the connection that ended had worked for long enough
   * @return empty when no other is to be made unasked
   */
  public Optional<Instant> after(ConnectionEnd end, boolean stable) {
    failures = stable ? 1 : failures + 1;
    bans = stable ? 0 : bans;
    repeats = end instanceof ConnectionEnd.Reconnect ? repeats + 1 : 0;
    return switch (end) {
      case ConnectionEnd.Stopped ignored -> Optional.empty();
      case ConnectionEnd.Reconnect ignored ->
          Optional.of(repeats <= REPEATS_AT_ONCE ? clock.instant() : backOff(clock.instant()));
      case ConnectionEnd.Lost ignored -> Optional.of(backOff(clock.instant()));
      case ConnectionEnd.NotPaired ignored -> Optional.empty();
      case ConnectionEnd.Refused refused -> afterRefusal(refused);
      case ConnectionEnd.LoggedOut ignored -> Optional.empty();
    };
  }

  /** The end of the ban that a stored instance waits for; empty when it waits for a person. */
  public static Optional<Instant> endOfBan(Instance instance) {
    return instance.state() == InstanceState.AUTH_FAILED
        ? endOfBan(instance.cause(), instance.until())
        : Optional.empty();
  }

  private Optional<Instant> afterRefusal(ConnectionEnd.Refused refused) {
    Optional<Instant> end = endOfBan(refused.cause(), refused.until());
    if (end.isEmpty() || ++bans > BANS_IN_A_ROW) {
      return Optional.empty();
    }
    // Not on the very second: whoever was banned together would return together.
    Instant now = clock.instant();
    return Optional.of(backOff(end.get().isBefore(now) ? now : end.get()));
  }

  private Instant backOff(Instant from) {
    return from.plus(policy.delay(failures, random));
  }

  private static Optional<Instant> endOfBan(StateCause cause, @Nullable Instant until) {
    return cause == StateCause.TEMPORARILY_BANNED ? Optional.ofNullable(until) : Optional.empty();
  }
}
