package dev.switchboard.whatsapp.health;

import dev.switchboard.connector.ConnectorEvent;
import dev.switchboard.model.instance.AppStateTrouble;
import dev.switchboard.model.instance.StateCause;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is told of a connection, each change once: that it does not work, otherwise what is broken
 * although it does. Belongs to the session's thread.
 */
public final class Condition {
  private @Nullable Finding told;

  /**
   * What is new to tell, if anything.
   *
   * @param illness what keeps the connection from working
   * @param troubles only lasting ones count: the others are being dealt with
   */
  public Optional<ConnectorEvent> next(Optional<Finding> illness, List<AppStateTrouble> troubles) {
    @Nullable Finding now = illness.or(() -> broken(troubles)).orElse(null);
    if (Objects.equals(now, told)) {
      return Optional.empty();
    }
    told = now;
    return Optional.of(
        now == null
            ? new ConnectorEvent.Recovered()
            : new ConnectorEvent.Degraded(now.cause(), now.detail()));
  }

  private static Optional<Finding> broken(List<AppStateTrouble> troubles) {
    if (troubles.isEmpty()) {
      return Optional.empty(); // As it nearly always is.
    }
    String detail =
        troubles.stream()
            .filter(AppStateTrouble::lasting)
            .map(trouble -> trouble.collection() + ": " + trouble.detail())
            .collect(Collectors.joining(", "));
    return detail.isEmpty()
        ? Optional.empty()
        : Optional.of(new Finding.Ill(StateCause.APP_STATE_BROKEN, detail));
  }
}
