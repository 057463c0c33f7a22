package dev.switchboard.command;

import com.sun.management.GarbageCollectionNotificationInfo;
import com.sun.management.GcInfo;
import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;

/**
 * How much heap ZGC aims at. Left alone it lets garbage lie until the maximum is near, so a server
 * that once was busy would hold gigabytes for accounts that idle; held to a fixed size it collects
 * without end when more than that lives. So it may use a multiple of what lived after the last full
 * collection, a little in any case, and some {@link Headroom} while it is busy. No promise: it
 * takes more, up to the maximum, when it must.
 */
final class HeapGoal {
  private static final String OPTION = "SoftMaxHeapSize";
  private static final String FULL_COLLECTIONS = "ZGC Major Cycles";
  private static final String YOUNG_COLLECTIONS = "ZGC Minor Cycles";

  /** Enough for thousands of idle accounts. */
  private static final long LEAST = 512L << 20;

  private static final int TIMES_LIVE = 3;

  /** As a part of the maximum. */
  private static final int MOST_HEADROOM = 3;

  private final HotSpotDiagnosticMXBean options;
  private final long maximum;
  private final Headroom headroom;
  private long live;

  HeapGoal(HotSpotDiagnosticMXBean options, long maximum) {
    this.options = options;
    this.maximum = maximum;
    this.headroom = new Headroom(maximum / MOST_HEADROOM);
  }

  /** Sets the goal from now on; with another collector there is none. */
  static void follow() {
    var collectors = ManagementFactory.getGarbageCollectorMXBeans();
    if (collectors.stream().anyMatch(collector -> collector.getName().equals(FULL_COLLECTIONS))) {
      var options = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
      var goal = new HeapGoal(options, Runtime.getRuntime().maxMemory());
      goal.set();
      listen(collectors, FULL_COLLECTIONS, goal::collectedAll);
      listen(collectors, YOUNG_COLLECTIONS, goal::collected);
    }
  }

  private static void listen(
      List<GarbageCollectorMXBean> collectors, String name, Consumer<GcInfo> listener) {
    for (var collector : collectors) {
      if (collector.getName().equals(name) && collector instanceof NotificationEmitter emitter) {
        emitter.addNotificationListener(
            (told, _) ->
                listener.accept(
                    GarbageCollectionNotificationInfo.from((CompositeData) told.getUserData())
                        .getGcInfo()),
            null,
            null);
      }
    }
  }

  private synchronized void collectedAll(GcInfo collection) {
    live =
        collection.getMemoryUsageAfterGc().entrySet().stream()
            .filter(pool -> pool.getKey().startsWith("ZGC"))
            .mapToLong(pool -> pool.getValue().getUsed())
            .sum();
    collected(collection);
  }

  private synchronized void collected(GcInfo collection) {
    headroom.collected(Duration.ofMillis(collection.getStartTime()));
    set();
  }

  synchronized void set() {
    options.setVMOption(OPTION, Long.toString(of(live, headroom.bytes(), maximum)));
  }

  /** The goal in bytes. */
  static long of(long live, long headroom, long maximum) {
    return Math.min(maximum, Math.max(LEAST, TIMES_LIVE * live) + headroom);
  }
}
