package dev.switchboard.command;

import com.sun.management.GarbageCollectionNotificationInfo;
import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.Map;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;

/**
 * How much heap ZGC aims at. Left alone it lets garbage lie until the maximum is near, so a server
 * that once was busy would hold gigabytes for accounts that idle; held to a fixed size it collects
 * without end when more than that lives. So it may use a multiple of what lived after the last full
 * collection, and a little in any case. No promise: it takes more, up to the maximum, when it must.
 */
final class HeapGoal {
  private static final String OPTION = "SoftMaxHeapSize";
  private static final String FULL_COLLECTIONS = "ZGC Major Cycles";

  /** Enough for thousands of idle accounts. */
  private static final long LEAST = 512L << 20;

  private static final int TIMES_LIVE = 3;

  private final HotSpotDiagnosticMXBean options;
  private final long maximum;

  HeapGoal(HotSpotDiagnosticMXBean options, long maximum) {
    this.options = options;
    this.maximum = maximum;
  }

  /** Sets the goal from now on; with another collector there is none. */
  static void follow() {
    var options = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    var goal = new HeapGoal(options, Runtime.getRuntime().maxMemory());
    ManagementFactory.getGarbageCollectorMXBeans().stream()
        .filter(collector -> collector.getName().equals(FULL_COLLECTIONS))
        .forEach(goal::follow);
  }

  private void follow(GarbageCollectorMXBean collector) {
    set(0);
    if (collector instanceof NotificationEmitter emitter) {
      emitter.addNotificationListener((told, _) -> set(live(told)), null, null);
    }
  }

  void set(long live) {
    options.setVMOption(OPTION, Long.toString(of(live, maximum)));
  }

  /** The goal in bytes. */
  static long of(long live, long maximum) {
    return Math.min(maximum, Math.max(LEAST, TIMES_LIVE * live));
  }

  private static long live(Notification told) {
    var info = GarbageCollectionNotificationInfo.from((CompositeData) told.getUserData());
    Map<String, MemoryUsage> after = info.getGcInfo().getMemoryUsageAfterGc();
    return after.entrySet().stream()
        .filter(pool -> pool.getKey().startsWith("ZGC"))
        .mapToLong(pool -> pool.getValue().getUsed())
        .sum();
  }
}
