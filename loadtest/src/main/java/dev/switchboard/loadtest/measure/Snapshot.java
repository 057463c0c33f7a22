package dev.switchboard.loadtest.measure;

/**
 * What a JVM costs at one moment, right after full collections.
 *
 * @param liveBytes objects that are reachable, to the byte
 * @param usedBytes heap in use as the collector counts it: live objects and what is lost between
 *     them, rounded as the collector rounds
 * @param status memory and threads as the system counts them
 * @param threads platform threads of the JVM
 * @param histogram live objects by class
 */
public record Snapshot(
    long liveBytes,
    long usedBytes,
    ProcessStatus status,
    ThreadDump threads,
    ClassHistogram histogram) {
  /** References that a first collection only enqueues are cleared by the second. */
  private static final int COLLECTIONS = 2;

  /** Collects the garbage of a running JVM and measures it. */
  public static Snapshot of(long pid) throws InterruptedException {
    collect(pid);
    var jvm = new Jcmd(pid);
    var status = ProcessStatus.of(pid);
    long used = HeapInfo.parse(jvm.ask("GC.heap_info")).usedBytes();
    var histogram = ClassHistogram.parse(jvm.ask("GC.class_histogram"));
    return new Snapshot(
        histogram.total().bytes(),
        used,
        status,
        ThreadDump.parse(jvm.ask("Thread.print")),
        histogram);
  }

  /** Collects the garbage of a running JVM. */
  public static void collect(long pid) throws InterruptedException {
    for (int collection = 0; collection < COLLECTIONS; collection++) {
      new Jcmd(pid).ask("GC.run");
    }
  }
}
