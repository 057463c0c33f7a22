package dev.switchboard.store.contact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.connector.NamedPeer;
import dev.switchboard.history.MessageQuery;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.Peer;
import dev.switchboard.model.contact.Contact;
import dev.switchboard.model.contact.ContactNames;
import dev.switchboard.model.message.Message;
import dev.switchboard.model.message.MessageId;
import dev.switchboard.projection.PendingRecords;
import dev.switchboard.store.Accounts;
import dev.switchboard.store.DatabaseExtension;
import dev.switchboard.store.OutboundMessages;
import dev.switchboard.store.TakenEvents;
import dev.switchboard.store.database.Database;
import dev.switchboard.store.message.PostgresHistory;
import dev.switchboard.store.message.PostgresInboxStore;
import dev.switchboard.store.projection.ProjectedJournal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Names that are learnt in any order, while messages go both ways under either name. */
@ExtendWith(DatabaseExtension.class)
class PeopleInAnyOrderIT {
  private static final int RUNS = 6;
  private static final int STEPS = 50;
  private static final int PEOPLE = 4;

  private Database database;
  private PostgresContactStore contacts;
  private PostgresInboxStore inbox;
  private OutboundMessages outbox;
  private PostgresHistory history;

  @BeforeEach
  void open(Database database) {
    this.database = database;
    contacts = new PostgresContactStore(database.transactions(), database.encryption());
    inbox =
        new PostgresInboxStore(
            database.transactions(),
            database.encryption(),
            PendingRecords.none(),
            new TakenEvents().rows(database));
    outbox = new OutboundMessages(database);
    history = new PostgresHistory(database.transactions(), database.encryption());
  }

  @Test
  void endAsOneChatEachThatLacksAndDoublesNothing() {
    for (int seed = 1; seed <= RUNS; seed++) {
      new Run(seed).play();
    }
  }

  @Test
  void manyToldAtOnceEndAsTheSameToldOneByOne() {
    for (int seed = 1; seed <= RUNS; seed++) {
      Random random = new Random(seed);
      List<Peer> names = new ArrayList<>();
      for (int i = 0; i < 2 * PEOPLE; i++) {
        names.add(new Peer(Accounts.phoneNumber(), Accounts.lid()));
      }
      AccountKey together = Accounts.stored(database);
      AccountKey oneByOne = Accounts.stored(database);
      for (int call = 0; call < PEOPLE; call++) {
        List<Peer> told = new ArrayList<>();
        for (int i = random.nextInt(PEOPLE); i >= 0; i--) {
          Peer number = names.get(random.nextInt(names.size()));
          Peer lid = random.nextBoolean() ? number : names.get(random.nextInt(names.size()));
          told.add(new Peer(number.phoneNumber(), lid.lid()));
        }
        contacts.merge(together, told, false, List.of());
        told.forEach(peer -> contacts.merge(oneByOne, List.of(peer), false, List.of()));
      }

      assertThat(people(together))
          .as("seed %d", seed)
          .containsExactlyInAnyOrderElementsOf(people(oneByOne));
    }
  }

  private List<Peer> people(AccountKey account) {
    return contacts.list(account, null, 100).contacts().stream().map(Contact::peer).toList();
  }

  @Test
  void loseNothingThatIsWrittenWhileChatsBecomeOne() throws Exception {
    for (int round = 0; round < 5; round++) {
      AccountKey account = Accounts.stored(database);
      Peer friend = new Peer(Accounts.phoneNumber(), Accounts.lid());
      inbox.receive(Accounts.inbound(account, byNumber(friend), "by number"), List.of());
      inbox.receive(Accounts.inbound(account, byLid(friend), "by LID"), List.of());
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        List<Callable<Object>> work = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
          Peer name = i % 2 == 0 ? byNumber(friend) : byLid(friend);
          work.add(() -> accept(Accounts.outbound(account, name, "text")));
          work.add(() -> inbox.receive(Accounts.inbound(account, name, "text"), List.of()));
          work.add(() -> sent(accept(Accounts.outbound(account, name, "text")), friend));
        }
        work.add(() -> contacts.merge(account, List.of(friend), false, List.of()));
        Collections.shuffle(work, new Random(round));
        for (Future<Object> done : threads.invokeAll(work)) {
          assertThat(done.get()).isNotNull();
        }
      }

      assertThat(contacts.list(account, null, 10).contacts())
          .extracting(Contact::peer)
          .containsExactly(friend);
      assertThat(chat(account, byLid(friend))).hasSize(20);
    }
  }

  @Test
  void loseNothingThatIsProjectedWhileChatsBecomeOne() throws Exception {
    for (int round = 0; round < 5; round++) {
      AccountKey account = Accounts.stored(database);
      Peer friend = new Peer(Accounts.phoneNumber(), Accounts.lid());
      ProjectedJournal journal = outbox.journal();
      inbox.receive(Accounts.inbound(account, byNumber(friend), "by number"), List.of());
      inbox.receive(Accounts.inbound(account, byLid(friend), "by LID"), List.of());
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        List<Callable<Object>> work = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
          Peer name = i % 2 == 0 ? byNumber(friend) : byLid(friend);
          work.add(() -> inbox.receive(Accounts.inbound(account, name, "text"), List.of()));
        }
        work.add(() -> contacts.merge(account, List.of(friend), false, List.of()));
        Collections.shuffle(work, new Random(round));
        work.addFirst(() -> projectOneByOne(journal, account, friend));
        for (Future<Object> done : threads.invokeAll(work)) {
          assertThat(done.get()).isNotNull();
        }
      }

      assertThat(chat(account, byLid(friend))).hasSize(20);
      assertThat(chat(account, friend)).filteredOn(it -> it.sentAt() != null).hasSize(6);
    }
  }

  private static Object projectOneByOne(ProjectedJournal journal, AccountKey account, Peer friend) {
    for (int i = 0; i < 12; i++) {
      Peer name = i % 2 == 0 ? byNumber(friend) : byLid(friend);
      MessageId id = journal.accept(account, name, "text");
      journal.project();
      if (i % 4 < 2) {
        journal.sent(account, id, i % 4 == 0 ? friend : name);
        assertThat(journal.project()).hasSize(1);
      }
    }
    return journal;
  }

  private Message accept(Message message) {
    return outbox.accept(message);
  }

  private Message sent(Message message, Peer to) {
    return outbox.sent(message.account(), message.id(), to, Accounts.NOON);
  }

  private List<Message> chat(AccountKey account, Peer chat) {
    return history.list(new MessageQuery(account, chat, null, null, null, 500)).messages();
  }

  private static Peer byNumber(Peer person) {
    return Peer.of(person.knownPhoneNumber().orElseThrow());
  }

  private static Peer byLid(Peer person) {
    return Peer.of(person.knownLid().orElseThrow());
  }

  private final class Run {
    private final int seed;
    private final Random random;
    private final AccountKey account = Accounts.stored(database);
    private final ProjectedJournal journal = outbox.journal();
    private final List<Peer> people = new ArrayList<>();
    private final Map<Peer, List<String>> written = new HashMap<>();
    private final Map<Peer, List<Message>> arrived = new HashMap<>();

    Run(int seed) {
      this.seed = seed;
      this.random = new Random(seed);
      for (int i = 0; i < PEOPLE; i++) {
        Peer person = new Peer(Accounts.phoneNumber(), Accounts.lid());
        people.add(person);
      }
    }

    void play() {
      for (int step = 0; step < STEPS; step++) {
        Peer person = people.get(random.nextInt(PEOPLE));
        switch (random.nextInt(14)) {
          case 0 -> contacts.merge(account, List.of(person), false, List.of());
          case 1 -> name(person);
          case 2, 3 -> accept(person);
          case 4 -> accept(person, true);
          case 5, 6 -> again(person);
          case 7 -> journalled(person, false);
          case 8, 9 -> journalled(person, true);
          case 10 -> journal.project();
          default -> receive(person);
        }
      }
      journal.project();
      List<Peer> left = new ArrayList<>(people);
      Collections.shuffle(left, random);
      left.forEach(person -> contacts.merge(account, List.of(person), false, List.of()));
      check();
    }

    private void name(Peer person) {
      var named = new NamedPeer(anyName(person), ContactNames.ofPush("Bo"));
      contacts.name(account, List.of(named), false, List.of());
    }

    private void accept(Peer person) {
      accept(person, false);
    }

    private void accept(Peer person, boolean sent) {
      Message message =
          PeopleInAnyOrderIT.this.accept(Accounts.outbound(account, anyName(person), "out"));
      written.computeIfAbsent(person, key -> new ArrayList<>()).add(message.id().value());
      if (sent) {
        sent(message, random.nextBoolean() ? person : message.chat());
      }
    }

    private void journalled(Peer person, boolean sent) {
      Peer name = anyName(person);
      MessageId id = journal.accept(account, name, "out");
      written.computeIfAbsent(person, key -> new ArrayList<>()).add(id.value());
      if (sent) {
        journal.sent(account, id, random.nextBoolean() ? person : name);
      }
    }

    private void receive(Peer person) {
      Message message = Accounts.inbound(account, anyName(person), "in");
      inbox.receive(message, List.of());
      written.computeIfAbsent(person, key -> new ArrayList<>()).add(message.id().value());
      arrived.computeIfAbsent(person, key -> new ArrayList<>()).add(message);
    }

    /** What has arrived once comes again, perhaps under the other name. */
    private void again(Peer person) {
      arrived.getOrDefault(person, List.of()).stream()
          .findFirst()
          .ifPresent(known -> inbox.receive(under(known, anyName(person)), List.of()));
    }

    private Peer anyName(Peer person) {
      return switch (random.nextInt(5)) {
        case 0, 1 -> byNumber(person);
        case 2, 3 -> byLid(person);
        default -> person;
      };
    }

    private void check() {
      assertThat(contacts.list(account, null, 100).contacts())
          .as("seed %d", seed)
          .extracting(Contact::peer)
          .containsExactlyInAnyOrderElementsOf(people);
      for (Peer person : people) {
        for (Peer name : List.of(byNumber(person), byLid(person), person)) {
          assertThat(chat(account, name))
              .as("seed %d", seed)
              .allMatch(message -> message.chat().equals(person))
              .extracting(Message::id)
              .extracting(MessageId::value)
              .containsExactlyInAnyOrderElementsOf(written.getOrDefault(person, List.of()));
        }
      }
    }

    private static Message under(Message message, Peer chat) {
      return new Message(
          message.account(),
          message.id(),
          chat,
          message.direction(),
          message.status(),
          message.content(),
          message.occurredAt(),
          message.recordedAt(),
          null,
          null,
          null,
          null);
    }
  }
}
