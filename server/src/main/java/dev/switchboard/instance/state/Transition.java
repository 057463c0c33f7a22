package dev.switchboard.instance.state;

import dev.switchboard.connector.ConnectionEnd;
import dev.switchboard.connector.ConnectorEvent;
import dev.switchboard.model.instance.Instance;
import dev.switchboard.model.instance.InstanceState;
import dev.switchboard.model.instance.StateCause;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where an event leads: a pure function, so that the state machine can be read in one place. */
public record Transition(
    InstanceState to, StateCause cause, String detail, @Nullable Instant until) {

  public static Transition to(InstanceState state, StateCause cause) {
    return new Transition(state, cause, "", null);
  }

  /** Where a caller's stop leads; nowhere for an account that was unlinked. */
  public static Optional<Transition> whenStopped(InstanceState from) {
    return from == InstanceState.LOGGED_OUT
        ? Optional.empty()
        : Optional.of(to(InstanceState.NOT_STARTED, StateCause.REQUESTED));
  }

  /**
   * Where the end, or the fresh start, of the gateway leads; nowhere for an account whose state
   * needs no connection.
   *
   * @param wanted whether the account is linked and will be connected again
   */
  public static Optional<Transition> whenRestarted(InstanceState from, boolean wanted) {
    return switch (from) {
      case PENDING, AUTHENTICATED, READY, DEGRADED, DISCONNECTED ->
          Optional.of(
              to(
                  wanted ? InstanceState.DISCONNECTED : InstanceState.NOT_STARTED,
                  StateCause.GATEWAY_RESTARTED));
      case NOT_STARTED, AUTH_FAILED, LOGGED_OUT -> Optional.empty();
    };
  }

  public static Transition of(Instance instance) {
    return new Transition(instance.state(), instance.cause(), instance.detail(), instance.until());
  }

  /** Whether this is the same state for the same cause until the same time; details may differ. */
  boolean repeats(Transition other) {
    return to == other.to && cause == other.cause && Objects.equals(until, other.until);
  }

  public static Transition of(ConnectorEvent event) {
    return switch (event) {
      case ConnectorEvent.QrShown ignored -> to(InstanceState.PENDING, StateCause.PAIRING_STARTED);
      case ConnectorEvent.CodeShown ignored ->
          to(InstanceState.PENDING, StateCause.PAIRING_STARTED);
      case ConnectorEvent.Paired ignored -> to(InstanceState.AUTHENTICATED, StateCause.PAIRED);
      case ConnectorEvent.LoggedIn ignored -> to(InstanceState.READY, StateCause.LOGGED_IN);
      case ConnectorEvent.Recovered ignored -> to(InstanceState.READY, StateCause.LOGGED_IN);
      case ConnectorEvent.Degraded degraded ->
          new Transition(InstanceState.DEGRADED, degraded.cause(), degraded.detail(), null);
    };
  }

  /** Where the end of a connection leads; nowhere when the next connection follows at once. */
  public static Optional<Transition> of(ConnectionEnd end) {
    return switch (end) {
      case ConnectionEnd.Stopped ignored -> Optional.empty(); // Who stopped it says where it leads.
      case ConnectionEnd.Reconnect ignored -> Optional.empty();
      case ConnectionEnd.Lost lost ->
          Optional.of(
              new Transition(InstanceState.DISCONNECTED, lost.cause(), lost.detail(), null));
      case ConnectionEnd.NotPaired failed ->
          Optional.of(
              new Transition(InstanceState.NOT_STARTED, failed.cause(), failed.detail(), null));
      case ConnectionEnd.Refused refused ->
          Optional.of(
              new Transition(
                  InstanceState.AUTH_FAILED, refused.cause(), refused.detail(), refused.until()));
      case ConnectionEnd.LoggedOut out ->
          Optional.of(new Transition(InstanceState.LOGGED_OUT, out.cause(), out.detail(), null));
    };
  }
}
