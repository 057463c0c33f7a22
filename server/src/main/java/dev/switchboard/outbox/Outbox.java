package dev.switchboard.outbox;

import dev.switchboard.history.DeadLetter;
import dev.switchboard.journal.Journal;
import dev.switchboard.journal.JournalEntry.Accepted;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Peer;
import dev.switchboard.model.Reason;
import dev.switchboard.model.instance.Instance;
import dev.switchboard.model.message.Direction;
import dev.switchboard.model.message.Message;
import dev.switchboard.model.message.MessageContent;
import dev.switchboard.model.message.MessageId;
import dev.switchboard.model.message.MessageStatus;
import dev.switchboard.model.message.Priority;
import dev.switchboard.model.message.Request;
import dev.switchboard.model.message.SendOptions;
import dev.switchboard.model.pacing.SendPlan;
import dev.switchboard.outbox.dispatch.Dispatcher;
import dev.switchboard.outbox.queue.AccountQueue;
import dev.switchboard.outbox.queue.Ledger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Accepts messages: on the disk when the call returns, sent by the account's sender later. Touches
 * no network, and no database but where a message may expire before it goes and nothing but who is
 * a stranger to the account decides whether it does.
 */
public final class Outbox {
  private static final Duration FULL_RETRY_AFTER = Duration.ofSeconds(30);

  private final Journal journal;
  private final Ledger ledger;
  private final Backlog backlog;
  private final RequestWindow requests;
  private final Waits waits;
  private final MessageIds ids;
  private final InstantSource clock;
  private final OutboxLimits limits;
  private final Plans plans;

  public Outbox(
      Journal journal,
      Ledger ledger,
      Backlog backlog,
      RequestWindow requests,
      Waits waits,
      MessageIds ids,
      InstantSource clock,
      OutboxLimits limits,
      Plans plans) {
    this.journal = journal;
    this.ledger = ledger;
    this.backlog = backlog;
    this.requests = requests;
    this.waits = waits;
    this.ids = ids;
    this.clock = clock;
    this.limits = limits;
    this.plans = plans;
  }

  /**
   * When a message would go if it were accepted now; nothing is accepted.
   *
   * @throws GatewayException INSTANCE_NOT_LINKED, INVALID_FIELD, STORAGE_UNAVAILABLE
   */
  public SendPlan plan(Instance instance, Order order) {
    var _ = requireLinked(instance);
    Instant now = clock.instant();
    return plans.plan(instance.key(), order, Plans.timely(order.options(), now), now);
  }

  /**
   * Waits, for a while, until readers of storage see all that was accepted and changed so far.
   *
   * @throws GatewayException STORAGE_UNAVAILABLE when they do not see it then
   */
  public void awaitStored() throws InterruptedException {
    backlog.awaitStored(journal.end());
  }

  /**
   * Accepts a message. A disconnected account queues it.
   *
   * @return the message, or the one that an earlier call with the same request was answered with
   * @throws GatewayException INSTANCE_NOT_LINKED, QUEUE_FULL, REQUEST_ID_REUSED,
   *     REQUEST_IDS_EXHAUSTED, JOURNAL_UNAVAILABLE or STORAGE_UNAVAILABLE; INVALID_FIELD for times
   *     that cannot be; PACING_BUDGET_EXHAUSTED or REACHOUT_TIMELOCK when it would expire before it
   *     may go; nothing is accepted then
   */
  public Message accept(Instance instance, Order order) throws InterruptedException {
    Peer own = requireLinked(instance);
    if (order.request() == null) {
      return message(append(instance.key(), own, order), MessageStatus.ACCEPTED);
    }
    RequestWindow.Answer answer =
        requests.once(
            instance.key().tenant(),
            order.request(),
            () -> answer(append(instance.key(), own, order)));
    return message(answer, order);
  }

  /**
   * As {@link #accept}, and waits until the message is as far as wanted, or failed, or the time is
   * over; the message is accepted in any case.
   */
  public Message acceptAndWait(
      Instance instance, Order order, MessageStatus wanted, Duration atMost)
      throws InterruptedException {
    Peer own = requireLinked(instance);
    Request request = order.request();
    if (request != null) {
      // A repeat finds out by itself how far its message is: only the first call waits.
      return acceptOnceAndWait(instance, own, order, request, wanted, atMost);
    }
    return appendAndWait(instance.key(), own, order, wanted, atMost);
  }

  private Message acceptOnceAndWait(
      Instance instance,
      Peer own,
      Order order,
      Request request,
      MessageStatus wanted,
      Duration atMost)
      throws InterruptedException {
    List<Waits.Wait> begun = new ArrayList<>(1);
    try {
      RequestWindow.Answer answer =
          requests.once(
              instance.key().tenant(),
              request,
              () -> {
                Accepted accepted = choose(instance.key(), own, order);
                begun.add(waits.begin(message(accepted, MessageStatus.ACCEPTED), wanted));
                append(accepted);
                return answer(accepted);
              });
      return begun.isEmpty() ? message(answer, order) : begun.getFirst().await(atMost);
    } finally {
      begun.forEach(Waits.Wait::close);
    }
  }

  private Message appendAndWait(
      AccountKey account, Peer own, Order order, MessageStatus wanted, Duration atMost)
      throws InterruptedException {
    Accepted accepted = choose(account, own, order);
    try (Waits.Wait wait = waits.begin(message(accepted, MessageStatus.ACCEPTED), wanted)) {
      append(accepted);
      return wait.await(atMost);
    }
  }

  private Accepted append(AccountKey account, Peer own, Order order) throws InterruptedException {
    return append(choose(account, own, order));
  }

  private Accepted choose(AccountKey account, Peer own, Order order) {
    Instant now = clock.instant();
    SendOptions options = Plans.timely(order.options(), now);
    plans.requireInTime(account, order, options, now);
    return accepted(account, own, order, options, now);
  }

  private Accepted accepted(
      AccountKey account, Peer own, Order order, SendOptions options, Instant now) {
    return new Accepted(
        account, ids.next(own), order.to(), order.content(), now, options, order.request(), 0);
  }

  /**
   * As {@link #accept}, up to where the message is to be appended: a place in the queue is kept for
   * it, which is to be given back if it is not.
   */
  Accepted reserved(AccountKey account, Peer own, Order order) {
    Instant now = clock.instant();
    Accepted accepted = accepted(account, own, order, Plans.timely(order.options(), now), now);
    backlog.admit();
    requireRoom(ledger.of(account));
    return accepted;
  }

  /** Gives a place back that {@link #reserved} kept. */
  void giveBack(Accepted accepted) {
    ledger.of(accepted.account()).giveBack();
  }

  private Accepted append(Accepted accepted) throws InterruptedException {
    appendAt(accepted);
    return accepted;
  }

  private long appendAt(Accepted accepted) throws InterruptedException {
    backlog.admit();
    AccountQueue queue = ledger.of(accepted.account());
    requireRoom(queue);
    boolean appended = false;
    try {
      long position = journal.append(accepted);
      appended = true;
      return position;
    } finally {
      if (!appended) {
        queue.giveBack();
      }
    }
  }

  /** Accepts a message once more that failed, under its id, and waits until that is known here. */
  public Message again(DeadLetter dead, Dispatcher dispatcher, Duration atMost)
      throws InterruptedException {
    Message message = dead.message();
    Accepted accepted =
        new Accepted(
            message.account(),
            message.id(),
            message.chat(),
            message.content(),
            message.recordedAt(),
            new SendOptions(Priority.NORMAL, null, null, dead.typing(), dead.bulk()),
            null,
            dead.requeues() + 1);
    var _ = dispatcher.awaitApplied(appendAt(accepted), atMost);
    return message(accepted, MessageStatus.ACCEPTED);
  }

  private void requireRoom(AccountQueue queue) {
    if (ledger.open() >= limits.total()) {
      throw full("the gateway has " + limits.total() + " unsent messages");
    }
    if (!queue.reserve(limits.queue())) {
      throw full("the instance has " + limits.queue() + " unsent messages");
    }
  }

  private static GatewayException full(String what) {
    return GatewayException.retryable(
        Reason.QUEUE_FULL, what + ", as many as it may have", FULL_RETRY_AFTER, null);
  }

  static Peer requireLinked(Instance instance) {
    Peer own = instance.own();
    if (own == null || !instance.linked()) {
      throw new GatewayException(
          Reason.INSTANCE_NOT_LINKED, "the instance is not linked to an account; pair it first");
    }
    return own;
  }

  static RequestWindow.Answer answer(Accepted accepted) {
    return new RequestWindow.Answer(accepted.account(), accepted.id(), accepted.at());
  }

  /** A repeat asks for the same: what was accepted can be told from it. */
  private static Message message(RequestWindow.Answer answer, Order order) {
    return message(
        answer.account(),
        answer.id(),
        order.to(),
        order.content(),
        answer.at(),
        MessageStatus.ACCEPTED);
  }

  /** An outbound message that was not sent. */
  public static Message message(Accepted accepted, MessageStatus status) {
    return message(
        accepted.account(),
        accepted.id(),
        accepted.to(),
        accepted.content(),
        accepted.at(),
        status);
  }

  private static Message message(
      AccountKey account,
      MessageId id,
      Peer to,
      MessageContent content,
      Instant at,
      MessageStatus status) {
    return new Message(
        account, id, to, Direction.OUTBOUND, status, content, at, at, null, null, null, null);
  }
}
