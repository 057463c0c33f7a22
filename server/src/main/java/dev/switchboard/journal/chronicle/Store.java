package dev.switchboard.journal.chronicle;

import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import net.openhft.chronicle.bytes.SyncMode;
import net.openhft.chronicle.core.time.TimeProvider;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.RollCycle;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;

/** Chronicle's queue, set up for one writer that flushes by itself. */
final class Store {
  /** An entry must fit a quarter of what is mapped at a time, its neighbours beside it. */
  private static final int BLOCKS_PER_ENTRY = 8;

  private static final int SMALLEST_BLOCK = 1 << 20;

  /** How long the remains of a torn write are waited for; nobody completes them. */
  private static final long TORN_WRITE_MILLIS = 200;

  static {
    // The journal looks after the space on its disk itself.
    System.setProperty("chronicle.disk.monitor.disable", "true");
  }

  private Store() {}

  static SingleChronicleQueue open(ChronicleConfig config, RollCycle cycle, InstantSource clock) {
    int block = Math.max(SMALLEST_BLOCK, BLOCKS_PER_ENTRY * config.longestEntry());
    AtomicLong latest = new AtomicLong();
    SingleChronicleQueue queue =
        SingleChronicleQueueBuilder.binary(config.directory())
            .rollCycle(cycle)
            .blockSize(Integer.highestOneBit(block - 1) << 1)
            .syncMode(SyncMode.NONE)
            .timeProvider(ascending(clock, latest))
            .timeoutMS(TORN_WRITE_MILLIS)
            .build();
    latest.set((long) Math.max(0, queue.lastCycle()) * cycle.lengthInMillis());
    return queue;
  }

  /** A reader that its owner guards by a lock; Chronicle would have it used by one thread. */
  static ExcerptTailer reader(SingleChronicleQueue queue) {
    ExcerptTailer tailer = queue.createTailer();
    tailer.singleThreadedCheckDisabled(true);
    return tailer;
  }

  /** A clock that is set back must not lead into a file that was finished. */
  private static TimeProvider ascending(InstantSource clock, AtomicLong latest) {
    return () -> latest.accumulateAndGet(clock.millis(), Math::max);
  }
}
