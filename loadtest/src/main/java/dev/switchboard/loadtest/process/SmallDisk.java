package dev.switchboard.loadtest.process;

import dev.switchboard.loadtest.run.LoadTestException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A file system in memory that lies over one directory, seen only by those who are started behind
 * {@link #prefix}, which needs no privileges where users may have namespaces. Ends with this
 * process, and what it holds with it.
 */
public final class SmallDisk implements AutoCloseable {
  private static final Pattern MOUNTED = Pattern.compile("mounted");

  /** What the directory holds goes along. */
  private static final String SCRIPT =
      """
      mkdir -p "$2" && mount -t tmpfs -o size="$3" small "$2" && mkdir "$2/over" \
        && cp -a --sparse=always "$1/." "$2/over" && mount --bind "$2/over" "$1" \
        && echo mounted && exec sleep infinity
      """;

  private static final int PIECE = 1 << 16;

  private final ChildProcess holder;
  private final Path disk;

  private SmallDisk(ChildProcess holder, Path place) {
    this.holder = holder;
    this.disk = Path.of("/proc", Long.toString(holder.pid()), "root" + place.toAbsolutePath());
  }

  /**
   * Mounts one over a directory.
   *
   * @param place a directory that may be made for it
   * @throws LoadTestException where namespaces of users are forbidden
   */
  public static SmallDisk over(Path directory, Path place, long bytes, Path logs)
      throws InterruptedException {
    var command =
        List.of(
            "unshare",
            "-Urm",
            "sh",
            "-c",
            SCRIPT,
            "small-disk",
            directory.toAbsolutePath().toString(),
            place.toAbsolutePath().toString(),
            Long.toString(bytes));
    var holder =
        ChildProcess.start("small disk", command, Map.of(), MOUNTED, logs.resolve("disk.log"));
    try {
      holder.awaitText(Duration.ofSeconds(30));
      return new SmallDisk(holder, place);
    } catch (InterruptedException | RuntimeException e) {
      holder.close();
      throw e;
    }
  }

  /** What to put before a command so that it sees this disk; paths after it must be absolute. */
  public List<String> prefix() {
    return List.of(
        "nsenter",
        "--preserve-credentials",
        "--user",
        "--mount",
        "--target",
        Long.toString(holder.pid()));
  }

  /** How many bytes are free. */
  public long free() {
    return disk.toFile().getUsableSpace();
  }

  /** Leaves so many bytes free, or fewer when there are fewer already. */
  public void fill(long left) {
    try (FileChannel ballast =
        FileChannel.open(ballast(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      for (long more = free() - left; more > 0; more = free() - left) {
        ballast.write(ByteBuffer.allocate((int) Math.min(PIECE, more)));
      }
    } catch (IOException e) {
      throw new LoadTestException("the small disk cannot be filled", e);
    }
  }

  /** Gives back what {@link #fill} took. */
  public void clear() {
    try {
      Files.deleteIfExists(ballast());
    } catch (IOException e) {
      throw new LoadTestException("the small disk cannot be cleared", e);
    }
  }

  private Path ballast() {
    return disk.resolve("ballast");
  }

  @Override
  public void close() {
    holder.close();
  }
}
