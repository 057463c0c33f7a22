package dev.switchboard.projection;

import dev.switchboard.journal.JournalEntry;
import dev.switchboard.journal.Positioned;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Reason;
import dev.switchboard.model.message.Message;
import dev.switchboard.model.message.MessageId;
import dev.switchboard.testing.Samples;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/** Notes what it is to store; may be away, or unable to take some messages. */
final class ScriptedProjectionStore implements ProjectionStore {
  final List<Long> applied = Collections.synchronizedList(new ArrayList<>());
  final List<Integer> batches = Collections.synchronizedList(new ArrayList<>());
  final List<Long> setAside = Collections.synchronizedList(new ArrayList<>());
  final List<JournalEntry.Failed> failed = Collections.synchronizedList(new ArrayList<>());
  volatile Set<MessageId> waiting = Set.of();
  volatile int failedAtOnce;
  volatile boolean away;
  volatile Set<MessageId> poison = Set.of();
  private OptionalLong next = OptionalLong.empty();

  @Override
  public synchronized boolean isAhead(String journal, long end) {
    return next.isPresent() && next.getAsLong() > end;
  }

  @Override
  public synchronized Map<AccountKey, Set<MessageId>> waiting() {
    return new HashMap<>(Map.of(Samples.ACCOUNT, new HashSet<>(waiting)));
  }

  @Override
  public synchronized void fail(List<JournalEntry.Failed> entries) {
    failed.addAll(entries);
    failedAtOnce = Math.max(failedAtOnce, entries.size());
  }

  @Override
  public synchronized OptionalLong begin(String journal, long end) {
    if (isAhead(journal, end)) {
      next = OptionalLong.of(end);
    }
    return next;
  }

  /** As if it had been told of everything before that position. */
  synchronized void reached(long position) {
    next = OptionalLong.of(position);
  }

  @Override
  public synchronized List<Message> apply(String journal, List<Positioned> entries, long to) {
    check();
    var sent = new ArrayList<Message>();
    for (var entry : entries) {
      if (entry.entry() instanceof JournalEntry.Sent it) {
        if (poison.contains(it.id())) {
          throw new IllegalStateException("a defect");
        }
        sent.add(Samples.text(it.id().value(), it.to()));
      }
    }
    entries.forEach(entry -> applied.add(entry.position()));
    batches.add(entries.size());
    next = OptionalLong.of(to);
    return sent;
  }

  @Override
  public synchronized void setAside(
      String journal, Positioned entry, long to, String error, Instant at) {
    check();
    setAside.add(entry.position());
    next = OptionalLong.of(to);
  }

  @Override
  public Map<AccountKey, Long> recordPositions(Set<AccountKey> accounts) {
    check();
    return accounts.stream().collect(Collectors.toMap(account -> account, account -> -1L));
  }

  private void check() {
    if (away) {
      throw new GatewayException(Reason.STORAGE_UNAVAILABLE, "storage is away");
    }
  }
}
