package dev.switchboard.grpc;

import dev.switchboard.api.v1.CurrentStatesSent;
import dev.switchboard.api.v1.Event;
import dev.switchboard.api.v1.EventGap;
import dev.switchboard.api.v1.Instance;
import dev.switchboard.api.v1.InstanceChanged;
import dev.switchboard.api.v1.InstanceState;
import dev.switchboard.api.v1.WatchInstancesResponse;
import dev.switchboard.contract.InstanceMapper;
import dev.switchboard.grpc.call.Caller;
import dev.switchboard.grpc.call.EventStream;
import dev.switchboard.grpc.event.EventView;
import dev.switchboard.instance.Instances;
import dev.switchboard.model.event.EventKind;
import java.util.List;
import java.util.Set;

/** One stream of WatchInstances: what is, a mark, then what changes. */
final class InstanceWatch implements EventView<WatchInstancesResponse> {
  private static final int PAGE = 500;
  private static final Set<EventKind> KINDS =
      Set.of(
          EventKind.INSTANCE_CREATED,
          EventKind.INSTANCE_STATE_CHANGED,
          EventKind.INSTANCE_SETTINGS_CHANGED,
          EventKind.INSTANCE_DELETED,
          EventKind.REACHOUT_LOCK_CHANGED);

  private final Instances instances;
  private final Caller caller;
  private final String instanceId;

  /**
   * @param instanceId of the only instance that is watched; empty for all
   */
  InstanceWatch(Instances instances, Caller caller, String instanceId) {
    this.instances = instances;
    this.caller = caller;
    this.instanceId = instanceId;
  }

  @Override
  public Set<EventKind> kinds() {
    return KINDS;
  }

  @Override
  public void begin(EventStream<WatchInstancesResponse> stream, String cursor, boolean resumed)
      throws InterruptedException {
    if (!resumed) {
      writeCurrent(stream);
    }
    stream.write(
        WatchInstancesResponse.newBuilder()
            .setCurrentStatesSent(CurrentStatesSent.getDefaultInstance())
            .setCursor(cursor)
            .build());
  }

  @Override
  public WatchInstancesResponse told(Event event) {
    var told = WatchInstancesResponse.newBuilder().setCursor(event.getCursor());
    switch (event.getPayloadCase()) {
      case INSTANCE_CREATED ->
          told.setChanged(
              changed(
                  event.getInstanceCreated().getInstance(),
                  InstanceState.INSTANCE_STATE_UNSPECIFIED));
      case INSTANCE_STATE_CHANGED -> {
        var changed = event.getInstanceStateChanged();
        told.setChanged(changed(changed.getInstance(), changed.getPreviousState()));
      }
      case INSTANCE_SETTINGS_CHANGED -> {
        var instance = event.getInstanceSettingsChanged().getInstance();
        told.setChanged(changed(instance, instance.getState()));
      }
      case INSTANCE_DELETED -> told.setDeleted(event.getInstanceDeleted());
      case REACHOUT_LOCK_CHANGED -> told.setReachoutLockChanged(event.getReachoutLockChanged());
      default -> throw new IllegalArgumentException("no event of instances: " + event.getKind());
    }
    return told.build();
  }

  /** Then begins anew: the states say what the changes would have said. */
  @Override
  public void gap(EventStream<WatchInstancesResponse> stream, String cursor)
      throws InterruptedException {
    stream.write(
        WatchInstancesResponse.newBuilder()
            .setGap(EventGap.newBuilder().setCursor(cursor))
            .build());
    begin(stream, cursor, false);
  }

  private void writeCurrent(EventStream<WatchInstancesResponse> stream)
      throws InterruptedException {
    if (!instanceId.isEmpty()) {
      write(stream, List.of(instances.stored(caller.account(instanceId))));
      return;
    }
    String after = "";
    List<dev.switchboard.model.instance.Instance> page;
    do {
      page = instances.list(caller.tenant(), after, PAGE);
      write(stream, page);
      after = page.isEmpty() ? "" : page.getLast().key().instance().value();
    } while (page.size() == PAGE);
  }

  private static void write(
      EventStream<WatchInstancesResponse> stream,
      List<dev.switchboard.model.instance.Instance> current)
      throws InterruptedException {
    for (var instance : current) {
      stream.write(
          WatchInstancesResponse.newBuilder()
              .setCurrent(InstanceMapper.toContract(instance))
              .build());
    }
  }

  private static InstanceChanged changed(Instance instance, InstanceState previous) {
    return InstanceChanged.newBuilder().setInstance(instance).setPreviousState(previous).build();
  }
}
