package dev.switchboard.grpc;

import dev.switchboard.api.v1.CurrentStatesSent;
import dev.switchboard.api.v1.InstanceDeleted;
import dev.switchboard.api.v1.WatchInstancesResponse;
import dev.switchboard.contract.InstanceMapper;
import dev.switchboard.grpc.call.Caller;
import dev.switchboard.grpc.call.EventStream;
import dev.switchboard.inbox.Subscription;
import dev.switchboard.instance.Instances;
import dev.switchboard.instance.state.InstanceEvent;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.instance.Instance;
import java.util.List;
import java.util.function.Predicate;

/** One stream of WatchInstances: what is, a mark, then what changes. */
final class InstanceWatch {
  private static final int PAGE = 500;

  private final Instances instances;
  private final Caller caller;
  private final EventStream<WatchInstancesResponse> stream;

  InstanceWatch(Instances instances, Caller caller, EventStream<WatchInstancesResponse> stream) {
    this.instances = instances;
    this.caller = caller;
    this.stream = stream;
  }

  /** What concerns the instance; all of the caller's tenant for no id. */
  static Predicate<InstanceEvent> filter(Caller caller, String instanceId) {
    if (instanceId.isEmpty()) {
      return event -> event.account().tenant().equals(caller.tenant());
    }
    AccountKey key = caller.account(instanceId);
    return event -> event.account().equals(key);
  }

  /**
   * Serves until the subscription ends.
   *
   * @param single the only instance that is watched, or nothing where all are
   */
  void serve(List<Instance> single, Subscription<InstanceEvent> changes)
      throws InterruptedException {
    if (single.isEmpty()) {
      writeAll();
    } else {
      writeCurrent(single);
    }
    stream.write(
        WatchInstancesResponse.newBuilder()
            .setCurrentStatesSent(CurrentStatesSent.getDefaultInstance())
            .build());
    stream.forward(changes, caller, this::write);
  }

  private void writeAll() throws InterruptedException {
    String after = "";
    List<Instance> page;
    do {
      page = instances.list(caller.tenant(), after, PAGE);
      writeCurrent(page);
      after = page.isEmpty() ? "" : page.getLast().key().instance().value();
    } while (page.size() == PAGE);
  }

  private void writeCurrent(List<Instance> current) throws InterruptedException {
    for (Instance instance : current) {
      stream.write(
          WatchInstancesResponse.newBuilder()
              .setCurrent(InstanceMapper.toContract(instance))
              .build());
    }
  }

  private boolean write(InstanceEvent event) throws InterruptedException {
    var answer = WatchInstancesResponse.newBuilder();
    switch (event) {
      case InstanceEvent.Changed changed ->
          answer.setChanged(InstanceMapper.changed(changed.instance(), changed.previous()));
      case InstanceEvent.ReachoutLockChanged changed ->
          answer.setReachoutLockChanged(
              InstanceMapper.lockChanged(changed.account(), changed.lock()));
      case InstanceEvent.Deleted deleted ->
          answer.setDeleted(
              InstanceDeleted.newBuilder().setInstanceId(deleted.account().instance().value()));
    }
    stream.write(answer.build());
    return true;
  }
}
