package dev.switchboard.loadtest.events;

import dev.switchboard.api.v1.EventStart;
import dev.switchboard.api.v1.ListEventsRequest;
import dev.switchboard.api.v1.ListEventsResponse;
import dev.switchboard.api.v1.Message;
import dev.switchboard.loadtest.client.EventClient;
import dev.switchboard.loadtest.run.LoadTestException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/** Some readers, one way after the other, and what they say in the end. */
public final class EventReaders implements AutoCloseable {
  private static final Duration STEP = Duration.ofMillis(200);
  private static final Duration DEADLINE = Duration.ofSeconds(30);
  private static final int LARGEST_PAGE = 500;
  private static final List<Way> WAYS = List.of(Way.values());

  private final ServerAddress address;
  private final List<EventReader> readers;
  private final List<Thread> threads;

  private EventReaders(ServerAddress address, List<EventReader> readers) {
    this.address = address;
    this.readers = readers;
    this.threads =
        readers.stream()
            .map(reader -> Thread.ofVirtual().name("event-reader").start(reader::run))
            .toList();
  }

  /** Begins to read. */
  public static EventReaders start(int count, ServerAddress address) {
    return new EventReaders(
        address,
        IntStream.range(0, count)
            .mapToObj(i -> new EventReader(way(i), "reader-" + i, address))
            .toList());
  }

  private static Way way(int reader) {
    return WAYS.get(reader % WAYS.size());
  }

  /** How messages are by now. */
  @FunctionalInterface
  public interface History {
    Collection<Message> read() throws InterruptedException;
  }

  /**
   * Reads the whole log as somebody new, waits for the readers to come to its end, and compares.
   *
   * @param outcomes what was told of messages: nothing yet
   * @param history how the messages are by now, which have an outcome
   */
  public EventVerdict compare(Outcomes outcomes, History history, Duration patience)
      throws InterruptedException {
    var there = new Sequences(true);
    String cursor = "";
    long untold;
    long deadline = System.nanoTime() + patience.toNanos();
    do {
      Collection<Message> known = history.read();
      cursor = readOn(cursor, there, outcomes);
      untold = outcomes.untold(known);
      Thread.sleep(STEP);
    } while (untold > 0 && System.nanoTime() < deadline);
    Map<String, Long> last = there.last();
    while (missing(last) > 0 && System.nanoTime() < deadline) {
      Thread.sleep(STEP);
    }
    return verdict(there, last, outcomes, untold);
  }

  private String readOn(String from, Sequences there, Outcomes outcomes)
      throws InterruptedException {
    try (EventClient client = address.await()) {
      ListEventsResponse page;
      String cursor = from;
      do {
        var request = ListEventsRequest.newBuilder().setPageSize(LARGEST_PAGE);
        if (!cursor.isEmpty()) {
          request.setStart(EventStart.newBuilder().setCursor(cursor));
        }
        page = client.page(request.build(), DEADLINE);
        page.getEventsList()
            .forEach(event -> {
              there.take(event);
              outcomes.take(event);
            });
        cursor = page.getNextCursor();
      } while (page.getMore());
      return cursor;
    }
  }

  private EventVerdict verdict(
      Sequences there, Map<String, Long> last, Outcomes outcomes, long untold) {
    var all = new ArrayList<>(readers.stream().map(EventReader::sequences).toList());
    long missing = missing(last);
    all.add(there);
    return new EventVerdict(
        readers.size(),
        there.count(),
        missing + there.lost() + sum(EventReader::gaps),
        all.stream().mapToLong(Sequences::reordered).sum() + outcomes.reordered(),
        sum(reader -> reader.sequences().repeated()),
        all.stream().mapToLong(Sequences::contradicted).sum()
            + outcomes.acceptedTwice()
            + unasked(),
        untold,
        sum(EventReader::resumptions));
  }

  /** What came twice to those who asked for nothing twice. */
  private long unasked() {
    return readers.stream()
        .filter(reader -> reader.way() == Way.CURSOR || reader.way() == Way.PAGES)
        .mapToLong(reader -> reader.sequences().repeated())
        .sum();
  }

  private long missing(Map<String, Long> last) {
    for (EventReader reader : readers) {
      if (reader.failure() != null) {
        throw new LoadTestException("a reader of events was refused", reader.failure());
      }
    }
    return sum(reader -> reader.sequences().missing(last));
  }

  private long sum(ToLongFunction<EventReader> of) {
    return readers.stream().mapToLong(of).sum();
  }

  @Override
  public void close() {
    threads.forEach(Thread::interrupt);
  }
}
