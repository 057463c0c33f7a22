package dev.switchboard.webhook.delivery;

import dev.switchboard.event.Event;
import dev.switchboard.event.reading.Events;
import dev.switchboard.model.AccountKey;
import dev.switchboard.webhook.EventBody;
import dev.switchboard.webhook.Secret;
import dev.switchboard.webhook.Webhook;
import dev.switchboard.webhook.WebhookKey;
import dev.switchboard.webhook.WebhookState;
import dev.switchboard.webhook.Webhooks;
import dev.switchboard.webhook.queue.DeliveryQueue;
import dev.switchboard.webhook.queue.OpenDelivery;
import dev.switchboard.webhook.storage.DeliveryStore;
import dev.switchboard.webhook.storage.Drop;
import dev.switchboard.webhook.storage.Progress;
import dev.switchboard.webhook.storage.Step;
import dev.switchboard.webhook.storage.StoredDelivery;
import dev.switchboard.webhook.storage.StoredWebhook;
import dev.switchboard.webhook.watch.Census;
import dev.switchboard.webhook.watch.DeliveryWatch;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a webhook has to do: its queue, where it is in the log, and how both are stored. Belongs to
 * its thread; others may look at {@link #webhook} and {@link #needed}.
 *
 * <p>What is stored at any time: the place, and deliveries. Of each wanted event before the place
 * there is a delivery. Of those behind it some have one; a start reads the log from the place and
 * passes over these. All of it changes in one transaction ({@link #save}), after the fact: what was
 * posted since the last one is posted again after a kill, in the same order and with the same ids.
 */
final class WebhookWork {
  private static final Logger LOG = LoggerFactory.getLogger(WebhookWork.class);

  /** What a replay leaves of the room to what is new. */
  private static final int SHARE_OF_REPLAY = 2;

  private final Parts parts;
  private final DeliveryQueue queue;
  private final Runnable onNews;
  private final Intake live;
  private @Nullable Intake replay;
  private int rounds;
  private volatile Webhook webhook;
  private volatile List<Secret> secrets;
  private volatile long needed;

  /** What all webhooks share. */
  record Parts(
      Events events,
      EventBody bodies,
      DeliveryStore deliveries,
      DeliveryConfig config,
      RandomGenerator random,
      DeliveryWatch watch,
      Semaphore saving) {
    /** How many store something at once: callers need connections to storage, too. */
    private static final int MOST_SAVING = 4;

    Parts(
        Events events,
        EventBody bodies,
        DeliveryStore deliveries,
        DeliveryConfig config,
        RandomGenerator random,
        DeliveryWatch watch) {
      this(events, bodies, deliveries, config, random, watch, new Semaphore(MOST_SAVING, true));
    }
  }

  private WebhookWork(Parts parts, StoredWebhook stored, Runnable onNews, Set<Long> known) {
    this.parts = parts;
    this.onNews = onNews;
    webhook = stored.webhook();
    secrets = stored.secrets();
    rounds = stored.progress().rounds();
    queue = new DeliveryQueue(parts.config().queue(), parts.random());
    live = intake(0, stored.progress().place(), Long.MAX_VALUE, known);
  }

  /** As it was when it was stored last, in this log. */
  static WebhookWork of(Parts parts, StoredWebhook stored, Runnable onNews) {
    List<StoredDelivery> waiting = parts.deliveries().waiting(stored.webhook().key());
    Progress progress = stored.progress();
    Set<Long> known = known(parts, stored.webhook().key(), waiting, 0, progress.place());
    WebhookWork work = new WebhookWork(parts, stored, onNews, known);
    waiting.forEach(delivery -> work.queue.add(OpenDelivery.of(delivery)));
    progress.replay().ifPresent(it -> work.replay = work.intake(it, waiting));
    work.needed = work.neededNow();
    return work;
  }

  /** A webhook that has done nothing yet. */
  static WebhookWork begin(Parts parts, StoredWebhook stored, Runnable onNews) {
    WebhookWork work = new WebhookWork(parts, stored, onNews, new HashSet<>());
    work.needed = work.neededNow();
    return work;
  }

  Webhook webhook() {
    return webhook;
  }

  List<Secret> secrets() {
    return secrets;
  }

  void sign(List<Secret> other) {
    secrets = other;
  }

  Poster.Target target() {
    return new Poster.Target(webhook.settings(), secrets);
  }

  DeliveryQueue queue() {
    return queue;
  }

  /** The first position of the log that it needs, by what is stored. */
  long needed() {
    return needed;
  }

  Census census() {
    return Census.of(webhook.state(), queue.away(), queue.waiting(), queue.inFlight());
  }

  DeliveryWatch watch() {
    return parts.watch();
  }

  Intake live() {
    return live;
  }

  @Nullable Intake replay() {
    return replay;
  }

  boolean enabled() {
    return webhook.state() == WebhookState.ENABLED;
  }

  /** Reads what there is room for; whether there may be more. */
  boolean read() throws InterruptedException {
    take(live, queue.room());
    Intake old = replay;
    if (old != null) {
      take(old, roomForReplay());
    }
    return (live.more() && queue.room() > 0) || (old != null && old.more() && roomForReplay() > 0);
  }

  private int roomForReplay() {
    return queue.room() - parts.config().queue().open() / SHARE_OF_REPLAY;
  }

  /** Reads nothing for the moment. */
  void rest() {
    live.close();
    if (replay != null) {
      replay.close();
    }
  }

  /** Stores what happened since the last time. */
  void save() {
    save(webhook);
  }

  /** Stores it together with a change of the webhook, which counts from then on. */
  void save(Webhook changed) {
    Progress progress = progress();
    boolean resumed =
        webhook.state() == WebhookState.DISABLED && changed.state() != WebhookState.DISABLED;
    List<Drop> drops = queue.drops();
    store(new Step(changed, progress, queue.deliveries(), drops, resumed));
    drops.forEach(drop -> parts.watch().dropped(drop.count()));
    queue.saved();
    webhook = changed;
    if (replay != null && progress.replay().isEmpty()) {
      replay.close();
      replay = null;
    }
    needed = neededNow();
  }

  private void store(Step step) {
    parts.saving().acquireUninterruptibly();
    try {
      parts.deliveries().save(step);
    } finally {
      parts.saving().release();
    }
  }

  /** As it is from now on, whether or not that is stored yet. */
  void become(Webhook changed) {
    webhook = changed;
  }

  /** Begins to post a stretch again. */
  Webhooks.Replay replay(long from, long until) {
    rounds++;
    replay = intake(rounds, from, until, new HashSet<>());
    return new Webhooks.Replay(rounds, from, until);
  }

  void endReplay() {
    if (replay != null) {
      replay.close();
      replay = null;
    }
  }

  Progress progress() {
    Intake old = replay;
    Optional<Webhooks.Replay> running = Optional.empty();
    if (old != null) {
      long next = queue.place(old.round(), old.position());
      running =
          Optional.of(new Webhooks.Replay(old.round(), next, old.until()))
              .filter(it -> it.next() < it.until());
    }
    long place = queue.place(0, live.position());
    return new Progress(parts.events().logId(), place, rounds, running);
  }

  private long neededNow() {
    Progress progress = progress();
    long read = progress.replay().map(Webhooks.Replay::next).orElse(Long.MAX_VALUE);
    return Math.min(queue.needed(), Math.min(progress.place(), read));
  }

  private void take(Intake intake, int most) throws InterruptedException {
    for (Event event : intake.take(most, missing(intake.round()))) {
      queue.add(OpenDelivery.of(webhook.key(), event, subject(event), intake.round()));
    }
  }

  /** One that cannot be read keeps nobody else waiting, and fails when it is to be posted. */
  private EventBody.Subject subject(Event event) {
    try {
      return parts.bodies().subject(event);
    } catch (RuntimeException e) {
      LOG.error("Event {} cannot be read", event, e);
      return new EventBody.Subject(
          "unreadable-" + event.position(), List.of("unreadable-" + event.position()));
    }
  }

  private Intake.Missing missing(int round) {
    return new Intake.Missing() {
      @Override
      public void gap(long from, long until) {
        // Nobody was asked before these went: they were deleted by hand.
        LOG.warn("Webhook {} was not told of events from {} to {}", webhook.key(), from, until);
      }

      @Override
      public void damaged(AccountKey account, long sequence) {
        if (round == 0) { // A replay asks for what there is.
          queue.dropped(Drop.of(account, sequence));
        }
      }
    };
  }

  private Intake intake(int round, long from, long until, Set<Long> known) {
    return new Intake(parts.events(), onNews, webhook.selection(), round, from, until, known);
  }

  private Intake intake(Webhooks.Replay running, List<StoredDelivery> waiting) {
    Set<Long> known = known(parts, webhook.key(), waiting, running.round(), running.next());
    return intake(running.round(), running.next(), running.until(), known);
  }

  private static Set<Long> known(
      Parts parts, WebhookKey key, List<StoredDelivery> waiting, int round, long from) {
    Set<Long> known = new HashSet<>(parts.deliveries().ended(key, round, from));
    waiting.stream()
        .map(it -> it.delivery().id())
        .filter(id -> id.round() == round && id.position() >= from)
        .forEach(id -> known.add(id.position()));
    return known;
  }
}
