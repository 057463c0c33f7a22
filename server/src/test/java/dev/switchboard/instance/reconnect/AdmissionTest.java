package dev.switchboard.instance.reconnect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.testing.Eventually;
import dev.switchboard.testing.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class AdmissionTest {
  private final ManualClock clock = new ManualClock();
  private final Admission admission = new Admission(1, Duration.ofMinutes(1), clock);

  @Test
  void admitsInOrderOfArrival() throws Exception {
    Admission.Ticket first = admission.request();
    first.await();
    List<Integer> order = Collections.synchronizedList(new ArrayList<>());
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      int number = i;
      Admission.Ticket ticket = admission.request();
      threads.add(
          Thread.ofVirtual()
              .start(() -> {
                try (ticket) {
                  ticket.await();
                  order.add(number);
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              }));
    }
    assertThat(order).isEmpty();
    first.close();
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(order).isSorted().hasSize(20);
  }

  @Test
  void givesPlaceBackOnceHoweverOftenItIsClosed() throws Exception {
    Admission.Ticket first = admission.request();
    first.close();
    first.close();
    admission.request().await();
    Admission.Ticket third = admission.request();
    CountDownLatch admitted = new CountDownLatch(1);
    Thread waiting =
        Thread.ofVirtual()
            .start(() -> {
              try {
                third.await();
                admitted.countDown();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    Eventually.until("it waits", () -> waiting.getState() == Thread.State.TIMED_WAITING);
    assertThat(admitted.getCount()).isEqualTo(1);
    third.cancel();
    waiting.join();
  }

  @Test
  void givesThePlaceOfALoginThatHangsToTheNext() throws Exception {
    Admission impatient = new Admission(2, Duration.ofMillis(30), clock);
    Admission.Ticket hangs = impatient.request();
    hangs.await();
    Admission.Ticket quick = impatient.request();
    quick.await();
    Admission.Ticket waiting = impatient.request();
    assertThat(impatient.waiting()).isEqualTo(1);
    clock.advance(Duration.ofMillis(30));

    waiting.await();

    hangs.close(); // Comes far too late, and must not give the same place back twice.
    Admission.Ticket third = impatient.request();
    quick.close();
    third.await();
    assertThat(impatient.free()).isZero();
  }

  @Test
  void leavesNoPlaceBehindWhenTheQueueIsLeft() throws Exception {
    Admission.Ticket held = admission.request();
    Admission.Ticket left = admission.request();
    Admission.Ticket next = admission.request();
    left.cancel();
    left.await();
    left.close();
    held.cancel(); // A place that is held stays.
    held.close();
    next.await();
    next.close();
    admission.request().await();
  }
}
