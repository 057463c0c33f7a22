package dev.switchboard.loadtest.measure;

import dev.switchboard.loadtest.run.LoadTestException;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the figures were measured on: without it they say nothing.
 *
 * @param processor its name, as the system gives it
 * @param cores that this program may use
 * @param memoryMegabytes of the whole machine
 * @param system name and release
 * @param jdk version of the JDK that runs the server
 * @param disk that the data of the run lie on
 * @param commit of the server, as far as it is known
 * @param load what the machine did before the run began, over the last minute
 * @param time of its processors during the run; before its end, until it began
 */
public record Machine(
    String processor,
    int cores,
    long memoryMegabytes,
    String system,
    String jdk,
    String disk,
    String commit,
    double load,
    MachineTime time) {
  private static final Pattern PROCESSOR =
      Pattern.compile("^model name\\s*: (.*)$", Pattern.MULTILINE);
  private static final Pattern MEMORY =
      Pattern.compile("^MemTotal:\\s+(\\d+) kB$", Pattern.MULTILINE);
  private static final Pattern LOAD = Pattern.compile("^([0-9.]+)");
  private static final int PER_CENT = 100;
  private static final int KILOBYTES_PER_MEGABYTE = 1024;

  /** This machine, with the server that the jar holds. */
  public static Machine here(Path serverJar) {
    return new Machine(
        first(PROCESSOR, read("/proc/cpuinfo"), "unknown"),
        Runtime.getRuntime().availableProcessors(),
        Long.parseLong(first(MEMORY, read("/proc/meminfo"), "0")) / KILOBYTES_PER_MEGABYTE,
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        System.getProperty("java.vm.version"),
        disk(Path.of(System.getProperty("java.io.tmpdir"))),
        Commit.of(serverJar),
        loadNow(),
        MachineTime.now());
  }

  /** The same at the end of the run. */
  public Machine after(MachineTime end) {
    return new Machine(
        processor, cores, memoryMegabytes, system, jdk, disk, commit, load, end.minus(time));
  }

  /** How many threads wanted a processor, on average over the last minute. */
  public static double loadNow() {
    return Double.parseDouble(first(LOAD, read("/proc/loadavg"), "0"));
  }

  /** In three lines. */
  public String text() {
    return String.format(
        Locale.ROOT,
        "%d cores (%s), %d MB of memory, disk %s, %s%n"
            + "JDK %s, commit %s%n"
            + "load before the run %.1f; other machines on the host took %.1f %% of the processors",
        cores,
        processor,
        memoryMegabytes,
        disk,
        system,
        jdk,
        commit,
        load,
        PER_CENT * time.stolenShare());
  }

  /** For programs. */
  public Map<String, Object> data() {
    var data = new LinkedHashMap<String, Object>();
    data.put("processor", processor);
    data.put("cores", cores);
    data.put("memory_mb", memoryMegabytes);
    data.put("system", system);
    data.put("jdk", jdk);
    data.put("disk", disk);
    data.put("commit", commit);
    data.put("load_before", load);
    data.put("stolen_share", time.stolenShare());
    return data;
  }

  private static String disk(Path directory) {
    try {
      FileStore store = Files.getFileStore(directory);
      return "%s %s, %d GB".formatted(store.type(), store.name(), store.getTotalSpace() >> 30);
    } catch (IOException e) {
      return "unknown";
    }
  }

  private static String first(Pattern pattern, String text, String otherwise) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? matcher.group(1) : otherwise;
  }

  private static String read(String file) {
    try {
      return Files.readString(Path.of(file));
    } catch (IOException e) {
      throw new LoadTestException("this run needs Linux: " + file + " cannot be read", e);
    }
  }
}
