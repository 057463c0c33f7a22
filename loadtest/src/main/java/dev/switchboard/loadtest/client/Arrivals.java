package dev.switchboard.loadtest.client;

import dev.switchboard.api.v1.Message;
import dev.switchboard.api.v1.MessageDirection;
import dev.switchboard.api.v1.StreamMessagesResponse;
import dev.switchboard.loadtest.run.LoadTestException;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The texts that came in, by instance, and whoever waits for them. */
public final class Arrivals implements StreamObserver<StreamMessagesResponse> {
  private final CountDownLatch begun = new CountDownLatch(1);
  private final Map<String, Set<String>> texts = new HashMap<>();
  private @Nullable Throwable end;

  Arrivals() {}

  /** Waits until everything that happens from now on is told. */
  public void awaitBegin(Duration patience) throws InterruptedException {
    if (!begun.await(patience.toMillis(), TimeUnit.MILLISECONDS) || end() != null) {
      throw new LoadTestException("StreamMessages did not begin", end());
    }
  }

  /** Waits for texts of an instance; the answer are those that did not come in time. */
  public synchronized Set<String> await(String instanceId, Set<String> expected, Duration patience)
      throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      Set<String> missing = new HashSet<>(expected);
      missing.removeAll(texts.getOrDefault(instanceId, Set.of()));
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (missing.isEmpty() || left <= 0 || end != null) {
        return missing;
      }
      wait(left);
    }
  }

  /** The texts that came in among the messages of one instance. */
  public static Set<String> textsIn(Iterable<Message> messages) {
    var texts = new HashSet<String>();
    for (Message message : messages) {
      if (inbound(message)) {
        texts.add(message.getText().getText());
      }
    }
    return texts;
  }

  /** What became of the messages of one instance, for a failure to tell: no text is in it. */
  public static String outcomes(List<Message> messages) {
    return messages.stream()
        .collect(
            Collectors.groupingBy(
                message -> message.getStatus() + " " + message.getFailure().getCause(),
                TreeMap::new,
                Collectors.counting()))
        .toString();
  }

  private static boolean inbound(Message message) {
    return message.getDirection() == MessageDirection.MESSAGE_DIRECTION_INBOUND
        && message.hasText();
  }

  private synchronized @Nullable Throwable end() {
    return end;
  }

  @Override
  public synchronized void onNext(StreamMessagesResponse event) {
    begun.countDown();
    if (event.hasReceived() && inbound(event.getReceived().getMessage())) {
      Message message = event.getReceived().getMessage();
      texts
          .computeIfAbsent(message.getInstanceId(), id -> new HashSet<>())
          .add(message.getText().getText());
      notifyAll();
    }
  }

  @Override
  public synchronized void onError(Throwable failure) {
    end = failure;
    begun.countDown();
    notifyAll();
  }

  @Override
  public synchronized void onCompleted() {
    onError(new LoadTestException("the stream of messages ended"));
  }
}
