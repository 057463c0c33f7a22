package dev.switchboard.sandbox.privacy;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.switchboard.sandbox.account.DeviceAddress;
import dev.switchboard.sandbox.network.Change;
import dev.switchboard.sandbox.record.AccountRecord;
import dev.switchboard.sandbox.record.RestrictionRecord;
import dev.switchboard.whatsapp.wire.Jid;
import dev.switchboard.whatsapp.wire.Node;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Reach-out locks: set, asked for and told. Numbers and words were read in public sources. */
public final class Timelocks {
  private static final String QUERY = "23983697327930364";
  private static final String ASKED = "xwa2_fetch_account_reachout_timelock";
  private static final String TOLD = "xwa2_notify_account_reachout_timelock";

  private Timelocks() {}

  /**
   * Locks an account, or lifts its lock, and tells its devices.
   *
   * @param lock how long; zero lifts it
   * @param guarded whether people need its token to write to it
   * @return when the lock ends; empty without one
   */
  public static Optional<Instant> restrict(
      Change change, AccountRecord account, Duration lock, boolean guarded) {
    Instant end = change.state().clock().instant().plus(lock);
    String phone = account.getPhoneNumber();
    long until = lock.isZero() ? 0 : end.getEpochSecond();
    boolean changed = Strangers.of(change, phone).getLockedUntil() != until;
    change
        .state()
        .store()
        .restrictions()
        .put(
            phone,
            RestrictionRecord.newBuilder().setLockedUntil(until).setGuarded(guarded).build());
    if (changed) {
      tell(change, phone);
    }
    return lock.isZero() ? Optional.empty() : Optional.of(Instant.ofEpochSecond(until));
  }

  /** The answer to a query of the account; empty for one about something else. */
  public static Optional<Node> answer(Change change, String phone, Node request) {
    return request
        .child("query")
        .filter(query -> query.has("query_id", QUERY))
        .map(_ -> Node.of("result", json(change, phone, ASKED)));
  }

  private static void tell(Change change, String phone) {
    Node update =
        Node.of(
            "update",
            Map.of("op_name", "NotificationUserReachoutTimelockUpdate"),
            json(change, phone, TOLD));
    Node notice =
        Node.builder("notification")
            .attribute("id", "lock-" + change.state().clock().millis())
            .attribute("from", Jid.WHATSAPP)
            .attribute("type", "mex")
            .attribute("t", change.state().seconds())
            .child(update)
            .build();
    change.state().devices().of(phone).stream()
        .map(device -> new DeviceAddress(phone, device.getId()))
        .forEach(device -> change.queue(device, notice));
  }

  private static byte[] json(Change change, String phone, String name) {
    RestrictionRecord restriction = Strangers.of(change, phone);
    String lock =
        Strangers.isLocked(change, restriction)
            ? "{\"is_active\":true,\"time_enforcement_ends\":\""
                + restriction.getLockedUntil()
                + "\",\"enforcement_type\":\"WEB_COMPANION_ONLY\"}"
            : "{\"is_active\":false,\"time_enforcement_ends\":\"0\"}";
    return ("{\"data\":{\"" + name + "\":" + lock + "}}").getBytes(UTF_8);
  }
}
