package dev.switchboard.history;

import dev.switchboard.model.AccountKey;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Peer;
import dev.switchboard.model.message.Direction;
import dev.switchboard.model.message.MessageStatus;
import org.jspecify.annotations.Nullable;

/**
 * What to list.
 *
 * @param chat only this chat, or null for all
 * @param direction only this direction, or null for both
 * @param status only messages in this status, or null for all
 * @param before only what was stored before this position, which an earlier page returned; or null
 * @param limit 1 to 500 messages
 */
public record MessageQuery(
    AccountKey account,
    @Nullable Peer chat,
    @Nullable Direction direction,
    @Nullable MessageStatus status,
    @Nullable Long before,
    int limit) {
  public static final int LIMIT = 500;

  /** The same with another limit. */
  public MessageQuery withLimit(int other) {
    return new MessageQuery(account, chat, direction, status, before, other);
  }

  public MessageQuery {
    if (limit < 1 || limit > LIMIT) {
      throw GatewayException.invalidField("page_size", "must be 1 to " + LIMIT);
    }
  }
}
