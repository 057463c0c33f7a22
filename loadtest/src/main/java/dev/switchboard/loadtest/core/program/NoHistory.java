package dev.switchboard.loadtest.core.program;

import dev.switchboard.history.DeadLetter;
import dev.switchboard.history.History;
import dev.switchboard.history.MessagePage;
import dev.switchboard.history.MessageQuery;
import dev.switchboard.history.Written;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.Peer;
import dev.switchboard.model.message.Message;
import dev.switchboard.model.message.MessageId;
import dev.switchboard.model.message.MessageStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** There is no database, and nobody asks for what was sent. */
final class NoHistory implements History {
  @Override
  public Optional<Message> find(AccountKey account, MessageId id) {
    return Optional.empty();
  }

  @Override
  public Optional<Written> written(AccountKey account, Peer chat, MessageId id) {
    return Optional.empty();
  }

  @Override
  public Optional<DeadLetter> deadLetter(AccountKey account, MessageId id) {
    return Optional.empty();
  }

  @Override
  public Map<MessageStatus, Integer> countBulk(AccountKey account, String bulk) {
    return Map.of();
  }

  @Override
  public MessagePage list(MessageQuery query) {
    return new MessagePage(List.of(), null);
  }
}
