package dev.switchboard.store.projection;

import dev.switchboard.journal.JournalEntry;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.event.EventPayload;
import dev.switchboard.model.event.EventPayload.MessageStatusChanged.Told;
import dev.switchboard.model.event.Occurrence;
import dev.switchboard.model.message.Failure;
import dev.switchboard.model.message.Message;
import dev.switchboard.model.message.MessageStatus;
import dev.switchboard.store.contact.ChatsOfBatch.Chat;
import dev.switchboard.store.contact.ChatsOfBatch.Named;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the entries of a batch make of the messages, one entry after the other, in memory: however
 * many entries speak of a message, its row is written once.
 */
final class Fold {
  private final MessageStates states;
  private final Map<Named, Chat> chats;
  private final Map<AccountKey, Failure> unlinked;
  private final Set<AccountKey> relinked = new HashSet<>();
  private final List<Message> moved = new ArrayList<>();
  private final List<Occurrence> happened;

  /**
   * @param unlinked the accounts that take no messages, and why
   * @param happened where what happens is noted, in order
   */
  Fold(
      MessageStates states,
      Map<Named, Chat> chats,
      Map<AccountKey, Failure> unlinked,
      List<Occurrence> happened) {
    this.states = states;
    this.chats = chats;
    this.unlinked = new HashMap<>(unlinked);
    this.happened = happened;
  }

  /** One for each step of a message, as it was then. */
  List<Message> moved() {
    return moved;
  }

  /** The accounts that were linked or unlinked, each with the reason why it takes no messages. */
  Map<AccountKey, @Nullable Failure> relinked() {
    var changed = new HashMap<AccountKey, @Nullable Failure>();
    relinked.forEach(account -> changed.put(account, unlinked.get(account)));
    return changed;
  }

  void apply(JournalEntry entry) {
    switch (entry) {
      case JournalEntry.Accepted accepted -> accept(accepted);
      case JournalEntry.Carried carried -> carry(carried);
      case JournalEntry.Attempted attempted ->
          states
              .accepted(attempted.account(), attempted.id())
              .ifPresent(state -> state.attempted(attempted.attempt()));
      case JournalEntry.Sent sent ->
          states.accepted(sent.account(), sent.id()).ifPresent(state -> send(state, sent));
      case JournalEntry.Failed failed ->
          states
              .accepted(failed.account(), failed.id())
              .ifPresent(state -> fail(state, failed.failure(), failed.at()));
      case JournalEntry.Cancelled cancelled ->
          states
              .accepted(cancelled.account(), cancelled.id())
              .ifPresent(state -> cancel(state, cancelled.at()));
      case JournalEntry.Rescheduled rescheduled ->
          states
              .accepted(rescheduled.account(), rescheduled.id())
              .ifPresent(state -> reschedule(state, rescheduled.notBefore(), rescheduled.at()));
      case JournalEntry.Progressed progressed -> progress(progressed);
      case JournalEntry.Linked linked -> link(linked.account(), null);
      case JournalEntry.Unlinked it -> unlink(it);
      case JournalEntry.AccountCarried carried -> link(carried.account(), carried.unlinked());
      case JournalEntry.Forgotten forgotten -> link(forgotten.account(), null);
      case JournalEntry.Paused it -> note(it.account(), it.at(), new EventPayload.QueuePaused());
      case JournalEntry.Resumed it -> note(it.account(), it.at(), new EventPayload.QueueResumed());
    }
  }

  private void accept(JournalEntry.Accepted accepted) {
    var chat = chat(new Named(accepted.account(), accepted.to()));
    var known = states.known(accepted.account(), accepted.id(), chat);
    if (known.isEmpty()) {
      add(accepted, chat, 0);
      return;
    }
    var state = known.get();
    if (!state.own()) {
      state.accept(accepted.options());
      noteAccepted(state, accepted);
    } else if (accepted.requeues() > state.requeues() && state.status() == MessageStatus.FAILED) {
      state.requeued(accepted.requeues(), accepted.options());
      note(
          state.account(),
          accepted.at(),
          new EventPayload.MessageRequeued(state.message(), accepted.requeues()));
      failWhenUnlinked(state, accepted.at());
    }
  }

  private void carry(JournalEntry.Carried carried) {
    var accepted = carried.accepted();
    var chat = chat(new Named(accepted.account(), accepted.to()));
    states
        .known(accepted.account(), accepted.id(), chat)
        .ifPresentOrElse(
            state -> reschedule(state, accepted.options().notBefore(), null),
            () -> add(accepted, chat, carried.attempts()));
  }

  private void add(JournalEntry.Accepted accepted, Chat chat, int attempts) {
    var state =
        new MessageState(
            accepted.account(),
            accepted.id(),
            chat,
            attempts == 0 ? MessageStatus.ACCEPTED : MessageStatus.SENDING,
            accepted::content,
            accepted.at(),
            accepted.at(),
            accepted.options(),
            new MessageState.Progress(attempts, accepted.requeues(), null, null, null, null),
            null);
    states.add(state);
    noteAccepted(state, accepted);
    failWhenUnlinked(state, accepted.at());
  }

  private void noteAccepted(MessageState state, JournalEntry.Accepted accepted) {
    note(
        state.account(),
        accepted.at(),
        new EventPayload.MessageAccepted(state.message(), accepted.options()));
  }

  private void failWhenUnlinked(MessageState state, Instant at) {
    @Nullable Failure why = unlinked.get(state.account());
    if (why != null) {
      failUnsent(state, why, at);
    }
  }

  private void reschedule(MessageState state, @Nullable Instant notBefore, @Nullable Instant at) {
    if (state.reschedule(notBefore)) {
      note(state.account(), at, new EventPayload.MessageRescheduled(state.message(), notBefore));
    }
  }

  private void cancel(MessageState state, Instant at) {
    if (state.moveTo(MessageStatus.CANCELLED)) {
      tell(state, at, EventPayload.MessageCancelled::new);
    }
  }

  /** A copy of what was written before may have arrived. */
  private void failUnsent(MessageState state, Failure why, Instant at) {
    fail(state, state.status() == MessageStatus.SENDING ? why.afterAttempts() : why, at);
  }

  private void fail(MessageState state, Failure why, Instant at) {
    if (state.fail(why)) {
      tell(state, at, EventPayload.MessageFailed::new);
    }
  }

  /** What has failed or was taken back stays so, whatever the network says later. */
  private void send(MessageState state, JournalEntry.Sent sent) {
    if (state.status() == MessageStatus.FAILED || state.status() == MessageStatus.CANCELLED) {
      return;
    }
    var chat = chat(new Named(sent.account(), sent.to()));
    if (!states.taken(state, chat)) {
      state.moveTo(chat);
    }
    state.sentAt(sent.at());
    var before = state.status();
    if (state.moveTo(MessageStatus.SENT)) {
      tell(
          state,
          sent.at(),
          message -> new EventPayload.MessageStatusChanged(message, before, null));
    }
  }

  private void progress(JournalEntry.Progressed progressed) {
    var receipt = progressed.receipt();
    for (var state : states.meant(progressed.account(), receipt)) {
      var before = state.status();
      if (state.progress(receipt.status(), receipt.at())) {
        var told = new Told(state.chat().peer(), receipt.status(), receipt.at());
        tell(
            state,
            receipt.at(),
            message -> new EventPayload.MessageStatusChanged(message, before, told));
      }
    }
  }

  private void unlink(JournalEntry.Unlinked it) {
    link(it.account(), it.failure());
    states.waiting(it.account()).forEach(state -> failUnsent(state, it.failure(), it.at()));
  }

  private void link(AccountKey account, @Nullable Failure why) {
    @Nullable Failure before = why == null ? unlinked.remove(account) : unlinked.put(account, why);
    if (before != null || why != null) {
      relinked.add(account);
    }
  }

  private void tell(MessageState state, Instant at, Function<Message, EventPayload> event) {
    var message = state.message();
    moved.add(message);
    note(state.account(), at, event.apply(message));
  }

  private void note(AccountKey account, @Nullable Instant at, EventPayload event) {
    happened.add(new Occurrence(account, at, event));
  }

  private Chat chat(Named named) {
    @Nullable Chat chat = chats.get(named);
    if (chat == null) {
      throw new IllegalStateException("a chat of the batch was not looked for");
    }
    return chat;
  }
}
