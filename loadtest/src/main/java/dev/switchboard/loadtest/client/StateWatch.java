package dev.switchboard.loadtest.client;

import dev.switchboard.api.v1.Instance;
import dev.switchboard.api.v1.InstanceState;
import dev.switchboard.api.v1.WatchInstancesResponse;
import dev.switchboard.loadtest.run.LoadTestException;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The states of the instances as they are told, and whoever waits for them. */
public final class StateWatch implements StreamObserver<WatchInstancesResponse> {
  private final Map<String, Instance> instances = new HashMap<>();
  private @Nullable Throwable end;

  StateWatch() {}

  /**
   * Waits until all of the instances are READY.
   *
   * @throws LoadTestException if they are not in time, with what they are instead
   */
  public synchronized void awaitReady(Collection<String> ids, Duration patience)
      throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (readyAmong(ids) < ids.size()) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left <= 0 || end != null) {
        throw new LoadTestException("not all instances became READY: " + states(ids), end);
      }
      wait(left);
    }
  }

  /** How many of the instances are READY now. */
  public synchronized int readyAmong(Collection<String> ids) {
    return (int)
        ids.stream()
            .map(instances::get)
            .filter(
                found -> found != null && found.getState() == InstanceState.INSTANCE_STATE_READY)
            .count();
  }

  private Map<String, Integer> states(Collection<String> ids) {
    var count = new TreeMap<String, Integer>();
    for (String id : ids) {
      Instance found = instances.get(id);
      String state =
          found == null
              ? "unknown"
              : found.getState() + " " + found.getStateCause() + " " + found.getStateDetail();
      count.merge(state.strip(), 1, Integer::sum);
    }
    return count;
  }

  @Override
  public synchronized void onNext(WatchInstancesResponse event) {
    switch (event.getEventCase()) {
      case CURRENT -> instances.put(event.getCurrent().getInstanceId(), event.getCurrent());
      case CHANGED -> {
        Instance changed = event.getChanged().getInstance();
        instances.put(changed.getInstanceId(), changed);
      }
      case DELETED -> instances.remove(event.getDeleted().getInstanceId());
      case CURRENT_STATES_SENT, REACHOUT_LOCK_CHANGED, GAP, EVENT_NOT_SET -> {}
    }
    notifyAll();
  }

  @Override
  public synchronized void onError(Throwable failure) {
    end = failure;
    notifyAll();
  }

  @Override
  public synchronized void onCompleted() {
    onError(new LoadTestException("the stream of states ended"));
  }
}
